package steps

import "time"

// Work is something to be done outside a Session. It carries all that the doing needs.
type Work struct {
	Round, Step, Attempt int
	After                time.Duration // to wait before it begins
}

// Result is what came of a Work, with its numbers.
type Result struct {
	Round, Step, Attempt int
}
