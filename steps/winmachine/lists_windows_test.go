package winmachine

import (
	"errors"
	"runtime"
	"testing"

	"golang.org/x/sys/windows"
)

const (
	listed = 40 // entries of a list
	pushes = 20 // between two of them, for its caller to have moved if it may
)

// threads are ids of threads.
type threads map[uint32]bool

// push notes on which threads its caller goes on: it waits for a goroutine that takes the thread which it gives up for
// itself, so that only who is locked to that one stays on it.
func (on threads) push() {
	for range pushes {
		on[windows.GetCurrentThreadId()] = true
		taken, back, gone := make(chan bool), make(chan bool), make(chan bool)
		go func() {
			defer close(gone)
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			close(taken)
			<-back
		}()
		<-taken
		on[windows.GetCurrentThreadId()] = true
		close(back)
		<-gone
	}
}

// Whatever Windows Installer and the registry list by index is asked for on one thread, while the program's goroutines
// move about: https://learn.microsoft.com/windows/win32/api/msi/nf-msi-msienumproductsexw.
func TestWindowsListsOnOneThread(t *testing.T) {
	free, asked := threads{}, threads{}
	if free.push(); len(free) < 2 {
		t.Fatal("nothing moves here: this would notice nothing")
	}
	m := machine(t)
	m.lists = lists{
		product: func(_ *uint16, index uint32) (registration, error) {
			asked.push()
			return registration{}, endAt(index, windows.ERROR_BAD_CONFIGURATION)
		},
		patch: func(_ registration, index uint32) (string, error) {
			asked.push()
			return otherCode, endAt(index, nil)
		},
		codes: func() ([]string, error) {
			asked.push()
			return []string{agentCode}, nil
		},
	}
	list, err := m.Products(t.Context())
	if err != nil || len(list) != 1 || len(list[0].Patches) != listed {
		t.Fatalf("listed are %d products, %v", len(list), err)
	}
	if len(asked) != 1 {
		t.Errorf("it was asked for on %d threads", len(asked))
	}
}

// endAt ends a list behind its last index; before that every index has this error.
func endAt(index uint32, err error) error {
	if index == listed {
		return windows.ERROR_NO_MORE_ITEMS
	}
	return err
}

// A product that the registry has is listed wherever Windows Installer's own list ends, and one that both have is
// listed once.
func TestWindowsListThatEndsEarly(t *testing.T) {
	scratch(t)
	other := registration{code: otherCode, context: contextMachine}
	agent := registration{code: agentCode, context: contextMachine}
	for name, own := range map[string][]registration{"at once": nil, "before the agent": {other},
		"at its end": {other, agent}} {
		l := lists{
			product: func(_ *uint16, index uint32) (registration, error) {
				if int(index) == len(own) {
					return registration{}, windows.ERROR_NO_MORE_ITEMS
				}
				return own[index], nil
			},
			patch: patchAt,
			codes: func() ([]string, error) { return []string{agentCode, otherCode}, nil },
		}
		m := machine(t)
		m.lists = l
		list, err := m.Products(t.Context())
		seen := map[string]int{}
		for _, p := range list {
			seen[p.ProductCode]++
		}
		if err != nil || seen[agentCode] != 1 || seen[otherCode] != 1 {
			t.Errorf("%s: listed are %v, %v", name, seen, err)
		}
		l.codes = func() ([]string, error) { return nil, windows.ERROR_ACCESS_DENIED }
		m.lists = l
		if list, err := m.Products(t.Context()); !errors.Is(err, windows.ERROR_ACCESS_DENIED) {
			t.Errorf("%s: with a registry that cannot be asked it lists %+v, %v", name, list, err)
		}
	}
}
