/*
 * A limit of concurrency, as docs/explain/limits.md describes it: a run takes a place in a transaction of its own, a task without
 * one stands in line, and the commit that frees a place or adds a task to the line is followed by a call. Each flaw takes one
 * safeguard out; the checks at the end say which promise is broken then.
 */
module limit

sig Task {}

/** The places: as many as the concurrency. */
sig Place { var holder: lone Task }

one sig Limit {
  /** Due: sent and not yet tried, or called from the line. */
  var due: set Task,
  /** Called from the line, and not yet tried. */
  var called: set Task,
  /** Refused, in a transaction that has added nothing to the line yet. */
  var refused: set Task,
  /** In line. */
  var line: set Task,
  /** At work in their handlers. */
  var running: set Task,
  /** Tasks whose nodes have found a place, if that is a step of its own. */
  var sawRoom: set Task,
  /** Tasks whose nodes still have to call: they have just stood in line, or have just ended. */
  var owes: set Task,
  /** Tasks whose nodes have called before they ended. */
  var calledEarly: set Task,
  /** Whether a node has died. */
  var dead: set Task
}

enum Flaw { CountsPlaces, CallsBeforeTheCommit }

one sig Design { flaws: set Flaw }

fact init {
  no holder and Limit.due = Task
  no called and no refused and no line and no running and no sawRoom and no owes and no calledEarly and no dead
}

fun free: set Place { { p: Place | no p.holder } }

pred sameLine { line' = line and called' = called }
pred samePlaces { holder' = holder and running' = running }
pred sameDebts { owes' = owes and calledEarly' = calledEarly and dead' = dead }

/** Takes a place. The table's key lets one of two have the same place. */
pred start[t: Task] {
  CountsPlaces not in Design.flaws
  t in Limit.due
  some p: free | holder' = holder + p->t
  Limit.running' = Limit.running + t
  Limit.due' = Limit.due - t
  Limit.called' = Limit.called - t
  line' = line and refused' = refused and sawRoom' = sawRoom and sameDebts
}

/** Counts the places, and decides by that. */
pred count[t: Task] {
  CountsPlaces in Design.flaws
  t in Limit.due and t not in Limit.sawRoom and #Limit.running < #Place
  Limit.sawRoom' = Limit.sawRoom + t
  due' = due and refused' = refused and sameLine and samePlaces and sameDebts
}

pred startCounted[t: Task] {
  t in Limit.sawRoom
  Limit.running' = Limit.running + t
  Limit.sawRoom' = Limit.sawRoom - t
  Limit.due' = Limit.due - t
  Limit.called' = Limit.called - t
  holder' = holder and line' = line and refused' = refused and sameDebts
}

/** Finds no place. The transaction that adds the task to the line is another one. */
pred refuse[t: Task] {
  t in Limit.due and no free
  Limit.refused' = Limit.refused + t
  Limit.due' = Limit.due - t
  Limit.called' = Limit.called - t
  line' = line and sawRoom' = sawRoom and samePlaces and sameDebts
}

pred stand[t: Task] {
  t in Limit.refused
  Limit.refused' = Limit.refused - t
  Limit.line' = Limit.line + t
  Limit.owes' = Limit.owes + t
  due' = due and called' = called and sawRoom' = sawRoom and samePlaces and calledEarly' = calledEarly and dead' = dead
}

/** Calls a task, if there is room that no called one needs. */
pred callIfRoom[room: Int] {
  (some Limit.line and #Limit.called < room) implies {
    some n: Limit.line | Limit.line' = Limit.line - n and Limit.called' = Limit.called + n and Limit.due' = Limit.due + n
  } else {
    sameLine and due' = due
  }
}

pred call[t: Task] {
  t in Limit.owes
  callIfRoom[#free]
  Limit.owes' = Limit.owes - t
  refused' = refused and sawRoom' = sawRoom and samePlaces and calledEarly' = calledEarly and dead' = dead
}

/** A call in the transaction that ends the run: it does not see what commits at the same time. */
pred callEarly[t: Task] {
  CallsBeforeTheCommit in Design.flaws
  t in Limit.running and t not in Limit.calledEarly
  callIfRoom[plus[#free, 1]]
  Limit.calledEarly' = Limit.calledEarly + t
  refused' = refused and sawRoom' = sawRoom and samePlaces and owes' = owes and dead' = dead
}

pred end[t: Task] {
  t in Limit.running
  CallsBeforeTheCommit in Design.flaws implies t in Limit.calledEarly
  holder' = holder - Place->t
  Limit.running' = Limit.running - t
  CallsBeforeTheCommit in Design.flaws implies owes' = owes else Limit.owes' = Limit.owes + t
  due' = due and refused' = refused and sawRoom' = sawRoom and sameLine and calledEarly' = calledEarly and dead' = dead
}

/** The node of a run dies: its lease frees the place, and the task is due again. Its calls are lost. */
pred die[t: Task] {
  t in Limit.running + Limit.owes
  holder' = holder - Place->t
  Limit.running' = Limit.running - t
  Limit.due' = Limit.due + (t & Limit.running)
  Limit.owes' = Limit.owes - t
  Limit.dead' = Limit.dead + t
  refused' = refused and sawRoom' = sawRoom and sameLine and calledEarly' = calledEarly
}

/** The slow beat of any node. */
pred beat {
  callIfRoom[#free]
  refused' = refused and sawRoom' = sawRoom and samePlaces and sameDebts
}

pred nothing { due' = due and refused' = refused and sawRoom' = sawRoom and sameLine and samePlaces and sameDebts }

fact behaviour {
  always (nothing or beat or some t: Task |
    start[t] or count[t] or startCounted[t] or refuse[t] or stand[t] or call[t] or callEarly[t] or end[t] or die[t])
}

/** Never more tasks run than there are places. */
pred neverMore { always #Limit.running <= #Place }

/** Nothing but a death leaves a task in line while there is room: the beat is for the dead alone. */
pred noCallIsLost {
  always ((no Limit.dead and some free and some Limit.line) implies some Limit.owes + Limit.called + Limit.refused)
}

/** No task stands in line and is due at the same time, or is forgotten by both. */
pred oneWait { always (no Limit.due & Limit.line and no Limit.running & Limit.line) }

check sound { no Design.flaws implies neverMore and noCallIsLost and oneWait } for exactly 3 Task, exactly 2 Place, 4 Int, 12 steps expect 0
check soundSerial { no Design.flaws implies neverMore and noCallIsLost and oneWait } for exactly 3 Task, exactly 1 Place, 4 Int, 12 steps expect 0

/* Things that do happen: a model in which nothing does is sound as well. */
run allWait { no Design.flaws and no Limit.dead and eventually some Limit.line and eventually some Limit.called }
  for exactly 3 Task, exactly 1 Place, 4 Int, 10 steps expect 1
run theDeadMakeRoom { no Design.flaws and some t: Task | eventually die[t] and eventually (some Limit.dead and beat and some Limit.called') }
  for exactly 3 Task, exactly 1 Place, 4 Int, 12 steps expect 1

/* Broken on purpose. */
check countsPlaces { Design.flaws = CountsPlaces implies neverMore } for exactly 2 Task, exactly 1 Place, 4 Int, 10 steps expect 1
check callsBeforeTheCommit { Design.flaws = CallsBeforeTheCommit implies noCallIsLost } for exactly 2 Task, exactly 1 Place, 4 Int, 10 steps expect 1
