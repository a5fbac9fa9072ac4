/*
 * One schedule and the nodes that may fire it, as docs/explain/design.md describes them: a node reads the schedule, and one
 * transaction moves it to its next instant and inserts the task of the instant before. Any node may die, or be slow, at any moment.
 * Each flaw takes one safeguard out; the checks at the end say which promise is broken then.
 */
module schedule

open util/ordering[Instant]

/** The instants of the schedule, in their order. */
sig Instant {}

sig Node {
  /** The instant that it has read as the next one, in a transaction that is not committed. */
  var read: lone Instant,
  /** The instant whose task it still has to insert, if that is a commit of its own. */
  var owes: lone Instant
}

one sig Schedule {
  /** next_at; none after the last instant. */
  var due: lone Instant,
  /** The instants that have a task. */
  var fired: set Instant,
  /** The instants that have got a second one. */
  var twice: set Instant
}

enum Flaw { TwoCommits, NoGuard }

one sig Design { flaws: set Flaw }

fact init {
  no read and no owes
  Schedule.due = first and no Schedule.fired and no Schedule.twice
}

pred sameNodes { read' = read and owes' = owes }
pred sameSchedule { due' = due and fired' = fired and twice' = twice }

/** Inserts the task. */
pred inserts[i: Instant] {
  Schedule.fired' = Schedule.fired + i
  Schedule.twice' = Schedule.twice + (i & Schedule.fired)
}

/** Reads the schedule. Other nodes may do so at the same time: the lock of the row only saves them the effort. */
pred look[n: Node] {
  no n.read and no n.owes and some Schedule.due
  read' = read + n->Schedule.due
  owes' = owes and sameSchedule
}

/** The step is guarded: it needs the instant that the node has read to be the next one still. */
pred mayStep[n: Node] { n.read = Schedule.due or NoGuard in Design.flaws }

pred fire[n: Node] {
  some n.read and mayStep[n]
  Schedule.due' = n.read.next
  read' = read - n->Instant
  TwoCommits in Design.flaws implies {
    owes' = owes + n->n.read
    fired' = fired and twice' = twice
  } else {
    inserts[n.read]
    owes' = owes
  }
}

/** The second commit of a node that makes two of them. */
pred insertLater[n: Node] {
  some n.owes
  inserts[n.owes]
  owes' = owes - n->Instant
  read' = read and due' = due
}

/** Another node was faster. */
pred rollBack[n: Node] {
  some n.read and not mayStep[n]
  read' = read - n->Instant
  owes' = owes and sameSchedule
}

pred die[n: Node] {
  some n.read or some n.owes
  read' = read - n->Instant
  owes' = owes - n->Instant
  sameSchedule
}

pred nothing { sameNodes and sameSchedule }

fact behaviour {
  always (nothing or some n: Node | look[n] or fire[n] or insertLater[n] or rollBack[n] or die[n])
}

/** No instant gets two tasks. */
pred onlyOnce { always no Schedule.twice }

/** Each instant before the next one has its task, or a node is about to insert it. */
pred noneMissing { always all i: Instant | (no Schedule.due or lt[i, Schedule.due]) implies i in Schedule.fired + Node.owes }

check sound { no Design.flaws implies onlyOnce and noneMissing } for exactly 3 Instant, exactly 3 Node, 12 steps expect 0

/* Things that do happen: a model in which nothing does is sound as well. */
run allFire { no Design.flaws and eventually no Schedule.due } for exactly 3 Instant, exactly 2 Node, 10 steps expect 1
run oneIsTooLate { no Design.flaws and some n: Node | eventually rollBack[n] } for exactly 3 Instant, exactly 2 Node, 10 steps expect 1

/* Broken on purpose. */
check twoCommits { Design.flaws = TwoCommits implies noneMissing } for exactly 3 Instant, exactly 2 Node, 10 steps expect 1
check noGuard { Design.flaws = NoGuard implies onlyOnce } for exactly 3 Instant, exactly 2 Node, 10 steps expect 1
