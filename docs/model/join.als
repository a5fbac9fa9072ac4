/*
 * One step that waits for several members, and the nodes that run these and look at the step, as docs/explain/joins.md describes
 * them. Transactions of members overlap; a node may die, or be slow, at any moment; a failed member may be retried. Each flaw takes
 * one safeguard out; the checks at the end say which promise is broken then.
 */
module join

enum State { Running, Done, Failed }
enum Wait { Waiting, Released, Revoked }

sig Member {
  var state: one State,
  /** The members that its transaction sees finished, as long as it is not committed. */
  var sees: set Member,
  /** Whether its transaction has looked at the others, and is about to commit. */
  var ending: lone True
}

one sig True {}

sig Node {
  /** The note in its memory that a member has finished. */
  var note: lone True,
  /** It has seen all members finished, and is about to release the step. */
  var ready: lone True,
  /** The failed member because of which it is about to revoke the step. */
  var because: lone Member
}

one sig Step {
  var wait: one Wait,
  /** Whether it was released a second time. */
  var twice: lone True
}

enum Flaw { OnlyInTheCommit, NoSweep, NoGuard, NoLock }

one sig Design { flaws: set Flaw }

fact init {
  Member.state = Running and no sees and no ending
  no note and no ready and no because
  Step.wait = Waiting and no twice
}

pred sameMembers { state' = state and sees' = sees and ending' = ending }
pred sameNodes { note' = note and ready' = ready and because' = because }
pred sameStep { wait' = wait and twice' = twice }

fun finished: set Member { state.(Done + Failed) }

/** The guarded UPDATE. */
pred release {
  (Step.wait = Waiting or NoGuard in Design.flaws) implies {
    Step.wait' = Released
    Step.twice' = Step.twice + (Step.wait = Released implies True else none)
  } else sameStep
}

/** A member's transaction sees what others have committed, and itself. */
pred looksAround[m: Member] {
  m.state = Running and no m.ending
  ending' = ending + m->True
  sees' = sees - m->Member + m->(finished + m)
  state' = state and sameNodes and sameStep
}

pred succeeds[m: Member, n: Node] {
  some m.ending
  state' = state ++ m->Done
  ending' = ending - m->True
  sees' = sees - m->Member
  OnlyInTheCommit in Design.flaws implies {
    (m.sees = Member implies release else sameStep) and sameNodes
  } else {
    note' = note + n->True
    ready' = ready and because' = because and sameStep
  }
}

pred fails[m: Member, n: Node] {
  m.state = Running and no m.ending
  state' = state ++ m->Failed
  note' = note + n->True
  sees' = sees and ending' = ending and ready' = ready and because' = because and sameStep
}

/** The look after a commit, or the sweep. */
pred mayLook[n: Node] {
  OnlyInTheCommit not in Design.flaws
  Step.wait = Waiting and no n.ready and no n.because
  some n.note or NoSweep not in Design.flaws
}

pred look[n: Node] {
  mayLook[n]
  note' = note - n->True
  some state.Failed implies {
    ready' = ready
    some m: state.Failed | because' = because + n->m
  } else {
    ready' = ready + (finished = Member implies n->True else none->none)
    because' = because
  }
  sameMembers and sameStep
}

/** With the step locked. */
pred releaseNow[n: Node] {
  some n.ready
  release
  ready' = ready - n->True
  note' = note and because' = because and sameMembers
}

/** With both locked, the step and the failed member. */
pred revokes[n: Node] {
  some n.because
  (Step.wait = Waiting and (n.because.state = Failed or NoLock in Design.flaws)) implies Step.wait' = Revoked else Step.wait' = Step.wait
  twice' = twice
  because' = because - n->Member
  note' = note and ready' = ready and sameMembers
}

/** A user retries a failed member: the step waits again that was revoked because of it. */
pred retry[m: Member] {
  m.state = Failed
  state' = state ++ m->Running
  Step.wait' = (Step.wait = Revoked implies Waiting else Step.wait)
  twice' = twice and sees' = sees and ending' = ending and sameNodes
}

/** The members that it runs roll back, and another node runs them. */
pred dies[n: Node] {
  note' = note - n->True and ready' = ready - n->True and because' = because - n->Member
  sameMembers and sameStep
}

pred nothing { sameMembers and sameNodes and sameStep }

fact behaviour {
  always (nothing or some m: Member, n: Node |
    looksAround[m] or succeeds[m, n] or fails[m, n] or look[n] or releaseNow[n] or revokes[n] or retry[m] or dies[n])
}

/** The step is released once. */
pred onlyOnce { always no Step.twice }

/** It is not released before its last member is finished. */
pred afterAll { always (Step.wait = Waiting and Step.wait' = Released implies finished' = Member) }

/** If all members have succeeded and the step still waits, a node will look at it. */
pred notLost {
  always ((Member.state = Done and Step.wait != Released) implies
    Step.wait = Waiting and some n: Node | mayLook[n] or some n.ready or some n.because)
}

check sound { no Design.flaws implies onlyOnce and afterAll and notLost } for exactly 3 Member, exactly 2 Node, 10 steps expect 0

/* Things that do happen: a model in which nothing does is sound as well. */
run isReleased { no Design.flaws and eventually Step.wait = Released } for exactly 3 Member, exactly 2 Node, 10 steps expect 1
run isReleasedAfterARetry {
  no Design.flaws and eventually (Step.wait = Revoked and eventually Step.wait = Released)
} for exactly 2 Member, exactly 1 Node, 12 steps expect 1
run twoLookAtOnce { no Design.flaws and eventually (all n: Node | some n.ready) } for exactly 2 Member, exactly 2 Node, 10 steps expect 1

/* Broken on purpose. */
check onlyInTheCommit { Design.flaws = OnlyInTheCommit implies notLost } for exactly 2 Member, exactly 1 Node, 8 steps expect 1
check noSweep { Design.flaws = NoSweep implies notLost } for exactly 2 Member, exactly 2 Node, 10 steps expect 1
check noGuard { Design.flaws = NoGuard implies onlyOnce } for exactly 2 Member, exactly 2 Node, 10 steps expect 1
check noLock { Design.flaws = NoLock implies notLost } for exactly 2 Member, exactly 2 Node, 12 steps expect 1
