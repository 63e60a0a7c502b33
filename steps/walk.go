package steps

// Task is work to be done off the screen's thread; hand what it returns to Walk.Handle.
type Task func() Event

// Walk binds a Session to a machine, a journal and a clock: all that a face holds. Its methods are called from one
// goroutine; the tasks that they return run on any.
type Walk struct{}

// Begin starts the walk at step 1.
func (w *Walk) Begin() []Task { panic("not written") }

// Handle takes an event and returns the work that it asks for.
func (w *Walk) Handle(ev Event) []Task { panic("not written") }

// Screen is the walk as it stands now, with the progress of running work.
func (w *Walk) Screen() Screen { panic("not written") }

// Summary is the plain text that stays in the console after the walk: what was found, what was done.
func (w *Walk) Summary() []string { panic("not written") }
