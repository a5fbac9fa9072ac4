/*
 * One task and the nodes that may run it: lease, claim, fence and sweep, as docs/explain/design.md describes them.
 * Any message may be lost, any node may die or stand still at any moment, and a lease may end as soon as nobody renews it.
 * Each flaw takes one safeguard out; the checks at the end say which promise is broken then, or that work stands still.
 */
module errand

open util/ordering[Run]

/** A run's number: what a node has to show to end the task. */
sig Run {}

sig Node {
  /** Messages on their way to it: "this run can start now". */
  var told: set Run,
  /** What it runs in a transaction; nobody sees anything of it until the commit. */
  var inTransaction: lone Run,
  /** What it runs outside one, STARTED for all to see, renewing the lease by a heartbeat. */
  var long: lone Run,
  /** A batch runner that has looked for tasks and locked this one, and has not called its handler. */
  var batch: lone Look
}

/** The time that a batch runner's look takes, measured by the time that its transaction is to take as a whole. */
enum Look { Quick, Slow }

/** They stand still: a stopped process, a long pause, a network that is cut. */
var sig Frozen in Node {}

/** They stood still with a long run, so somebody else may have it by now. */
var sig Late in Node {}

enum State { Pending, Started, Over }

one sig Task {
  var state: one State,
  var number: one Run,
  /** Whose transaction has the row. */
  var lock: lone Node,
  /** Who started the newest long run. */
  var newest: lone Node
}

/** wake_at has come: whoever sees it may take the task. */
var sig Due in Task {}

enum Flaw { NoLock, NoFence, SweepKeepsTheRun, LeaseEndsBeforeTheOutcome, BudgetStartsBeforeTheLook }

one sig Design { flaws: set Flaw }

fact init {
  no told and no inTransaction and no long and no batch and no Frozen and no Late
  Task.state = Pending and Task.number = first and no Task.lock and no Task.newest
  Due = Task
}

/* What stays as it is. */
pred sameNodes { told' = told and inTransaction' = inTransaction and long' = long and batch' = batch and Frozen' = Frozen and Late' = Late }
pred sameRecord { state' = state and number' = number and lock' = lock and newest' = newest and Due' = Due }

pred alive[n: Node] { n not in Frozen }

/** Nobody renews the lease: there is only a message, or the node that runs it is dead or stands still. */
pred leaseEnds {
  no Due and Task.state != Over
  no n: Node | alive[n] and n.long = Task.number and Task.state = Started
  Due' = Task
  sameNodes and state' = state and number' = number and lock' = lock and newest' = newest
}

/** A due record that waits is leased to this node, which sends itself a message; a lost run makes room for the next one. */
pred sweep[n: Node] {
  alive[n] and some Due and no Task.lock
  Task.state = Pending implies {
    told' = told + n->Task.number
    no Due'
    state' = state and number' = number
  } else {
    Task.state = Started
    SweepKeepsTheRun in Design.flaws implies number' = number else (some Task.number.next and Task.number' = Task.number.next)
    Task.state' = Pending
    Due' = Due and told' = told
  }
  inTransaction' = inTransaction and long' = long and batch' = batch and Frozen' = Frozen and Late' = Late
  lock' = lock and newest' = newest
}

pred idle[n: Node] { alive[n] and no n.inTransaction and no n.long and no n.batch }
pred mayStart[n: Node] {
  idle[n]
  Task.number in n.told and Task.state = Pending
  no Task.lock or NoLock in Design.flaws
}

/** By a message. */
pred startInTransaction[n: Node] {
  mayStart[n]
  told' = told - n->Task.number
  inTransaction' = inTransaction + n->Task.number
  Task.lock' = n
  long' = long and batch' = batch and Frozen' = Frozen and Late' = Late
  state' = state and number' = number and newest' = newest and Due' = Due
}

/** A batch runner needs no message: there it is enough that the record is due. How long the look takes is the database's matter. */
pred batchLooks[n: Node] {
  idle[n] and some Due and Task.state = Pending
  no Task.lock or NoLock in Design.flaws
  some l: Look | batch' = batch + n->l
  Task.lock' = n
  told' = told and inTransaction' = inTransaction and long' = long and Frozen' = Frozen and Late' = Late
  state' = state and number' = number and newest' = newest and Due' = Due
}

/** The budget is spent before the first task. */
pred outOfTime[n: Node] { n.batch = Slow and BudgetStartsBeforeTheLook in Design.flaws }
pred batchStarts[n: Node] {
  alive[n] and some n.batch and not outOfTime[n]
  batch' = batch - n->Look
  inTransaction' = inTransaction + n->Task.number
  told' = told - n->Task.number
  long' = long and Frozen' = Frozen and Late' = Late
  sameRecord
}

/** It ends without having run anything: the record is as it was. */
pred batchEndsInVain[n: Node] {
  alive[n] and outOfTime[n]
  batch' = batch - n->Look
  Task.lock' = Task.lock - n
  told' = told and inTransaction' = inTransaction and long' = long and Frozen' = Frozen and Late' = Late
  state' = state and number' = number and newest' = newest and Due' = Due
}

/** The handler's work and SUCCESS, in one commit. */
pred commit[n: Node] {
  alive[n] and some n.inTransaction
  Task.lock = n or NoLock in Design.flaws
  Task.state' = Over
  no Due'
  no Task.lock'
  inTransaction' = inTransaction - n->Run
  told' = told and long' = long and batch' = batch and Frozen' = Frozen and Late' = Late
  number' = number and newest' = newest
}

/** The claim of a long run, committed before the handler is called. */
pred startLong[n: Node] {
  mayStart[n] and no Task.lock
  told' = told - n->Task.number
  long' = long + n->Task.number
  Task.state' = Started
  Task.newest' = n
  no Due'
  inTransaction' = inTransaction and batch' = batch and Frozen' = Frozen and Late' = Late - n
  number' = number and lock' = lock
}

/** The outcome counts if the record still has the run's number, and is void if not. */
pred ends[n: Node] {
  alive[n] and some n.long and Task.state != Over
  (n.long = Task.number and Task.state = Started) or NoFence in Design.flaws
}
pred finishLong[n: Node] {
  ends[n]
  Task.state' = Over
  no Due'
  long' = long - n->Run
  told' = told and inTransaction' = inTransaction and batch' = batch and Frozen' = Frozen and Late' = Late
  number' = number and lock' = lock and newest' = newest
}
pred finishInVain[n: Node] {
  alive[n] and some n.long and not ends[n]
  long' = long - n->Run
  told' = told and inTransaction' = inTransaction and batch' = batch and Frozen' = Frozen and Late' = Late
  sameRecord
}

/** What a node must never do: give up the lease before its outcome is committed. */
pred giveUpEarly[n: Node] {
  LeaseEndsBeforeTheOutcome in Design.flaws
  alive[n] and n.long = Task.number and Task.state = Started
  Due' = Task
  sameNodes and state' = state and number' = number and lock' = lock and newest' = newest
}

pred loseMessage[n: Node] {
  some r: n.told | told' = told - n->r
  inTransaction' = inTransaction and long' = long and batch' = batch and Frozen' = Frozen and Late' = Late
  sameRecord
}

/** kill -9: its transaction is rolled back, its messages and runs are gone; the record is as it was. */
pred die[n: Node] {
  told' = told - n->Run and inTransaction' = inTransaction - n->Run and long' = long - n->Run and batch' = batch - n->Look
  Frozen' = Frozen - n and Late' = Late - n
  Task.lock' = Task.lock - n
  state' = state and number' = number and newest' = newest and Due' = Due
}

pred freeze[n: Node] {
  alive[n]
  Frozen' = Frozen + n
  (some n.long) implies Late' = Late + n else Late' = Late
  told' = told and inTransaction' = inTransaction and long' = long and batch' = batch
  sameRecord
}
pred wake[n: Node] {
  n in Frozen
  Frozen' = Frozen - n
  told' = told and inTransaction' = inTransaction and long' = long and batch' = batch and Late' = Late
  sameRecord
}

pred nothing { sameNodes and sameRecord }

fact behaviour {
  always (nothing or leaseEnds or some n: Node |
    sweep[n] or startInTransaction[n] or batchLooks[n] or batchStarts[n] or batchEndsInVain[n] or commit[n] or startLong[n] or finishLong[n] or finishInVain[n]
    or giveUpEarly[n] or loseMessage[n] or die[n] or freeze[n] or wake[n])
}

/** What a transactional handler does to the database is committed once at most, and never beside another outcome. */
pred exactlyOnce { always all n: Node | commit[n] implies Task.state = Pending }

/** The outcome that counts is the one of whoever started last; all that was overtaken changes nothing. */
pred fenced { always all n: Node | finishLong[n] implies n = Task.newest and Task.state = Started }

/** As long as no node dies or stands still, nobody else starts what it runs. */
pred oneAtATime { always lone (long.Run - Late) }

/** What is over stays over. */
pred staysOver { always (Task.state = Over implies always Task.state = Over) }

/* Progress: a trace is a line that ends in a circle, so "for ever" can be checked. */

/** From some moment on nodes run nothing but batches: short tasks are left to batch runners, as no sweep leases them. */
pred onlyBatches[n: Node] { batchLooks[n] or batchStarts[n] or batchEndsInVain[n] or commit[n] }
pred leftToBatches { always (nothing or some n: Node | onlyBatches[n]) }

/** No node stands still for ever with something to do. */
pred nodesWork { always (Task.state != Over implies eventually some n: Node | onlyBatches[n]) }

/** What is due is run, however long the database takes to find it: each batch runner may be slow. */
pred batchesRun { eventually Task.state = Over }

check sound { no Design.flaws implies exactlyOnce and fenced and oneAtATime and staysOver }
  for 3 but exactly 2 Node, 12 steps expect 0
check soundWithThree { no Design.flaws implies exactlyOnce and fenced and oneAtATime and staysOver }
  for 3 but exactly 3 Node, 8 steps expect 0

check batchesMakeProgress { (no Design.flaws and leftToBatches and nodesWork) implies batchesRun }
  for 3 but exactly 2 Node, 10 steps expect 0

/* Things that do happen: a model in which nothing does is sound as well. */
run aTransactionEndsIt { no Design.flaws and some n: Node | eventually commit[n] } for 3 but exactly 2 Node, 8 steps expect 1
run aSlowBatchEndsIt {
  no Design.flaws and leftToBatches and nodesWork
  some n: Node | eventually (n.batch = Slow and eventually commit[n])
} for 3 but exactly 2 Node, 8 steps expect 1
run aLateOutcomeIsVoid {
  no Design.flaws
  some disj a, b: Node | eventually (startLong[a] and eventually (startLong[b] and eventually (finishLong[b] and eventually finishInVain[a])))
} for 3 but exactly 2 Node, 12 steps expect 1

/* Broken on purpose. */
check noLock { Design.flaws = NoLock implies exactlyOnce } for 3 but exactly 2 Node, 8 steps expect 1
check noFence { Design.flaws = NoFence implies fenced } for 3 but exactly 2 Node, 10 steps expect 1
check sweepKeepsTheRun { Design.flaws = SweepKeepsTheRun implies fenced } for 3 but exactly 2 Node, 12 steps expect 1
check leaseEndsBeforeTheOutcome { Design.flaws = LeaseEndsBeforeTheOutcome implies oneAtATime }
  for 3 but exactly 2 Node, 10 steps expect 1
check budgetStartsBeforeTheLook { (Design.flaws = BudgetStartsBeforeTheLook and leftToBatches and nodesWork) implies batchesRun }
  for 3 but exactly 2 Node, 10 steps expect 1
