package disk

import "time"

// nameLimit is how long the name of an account may take: a domain controller that is away answers after half a minute.
const nameLimit = 2 * time.Second

// within asks, and takes instead when there is no answer in time. The late answer is dropped with its goroutine.
func within[T comparable](limit time.Duration, instead T, ask func() (T, error)) T {
	var none T
	answer := make(chan T, 1)
	go func() {
		got, err := ask()
		if err != nil || got == none {
			got = instead
		}
		answer <- got
	}()
	select {
	case got := <-answer:
		return got
	case <-time.After(limit):
		return instead
	}
}
