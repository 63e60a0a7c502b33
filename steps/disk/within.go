package disk

import "time"

// nameLimit is how long the name of an account may take: a domain controller that is away answers after half a minute.
const nameLimit = 2 * time.Second

// within asks, and takes instead when there is no answer in time. The late answer is dropped with its goroutine.
func within(limit time.Duration, instead string, ask func() (string, error)) string {
	answer := make(chan string, 1)
	go func() {
		name, err := ask()
		if err != nil || name == "" {
			name = instead
		}
		answer <- name
	}()
	select {
	case name := <-answer:
		return name
	case <-time.After(limit):
		return instead
	}
}
