//go:build unix

package cache_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"marsfix/steps/disk/disktest"
	"marsfix/steps/walk/walktest"
)

// swaps is how many copies are made while somebody swaps the source under them: twenty times as many where everything
// has to hold.
func swaps() int {
	if walktest.Everything() {
		return 10_000
	}
	return 500
}

// Each trick is played before each operation of the copy, and taken back at once, later, or not before the end.
func TestSwapBeforeEveryOperation(t *testing.T) {
	eachKind(t, "all", swapBeforeEveryOperation)
}

func swapBeforeEveryOperation(t *testing.T, scenario string) {
	th := newTheater(t, scenario)
	var calls []walktest.Call
	th.r.Before = walktest.Record(&calls)
	if !th.ended(th.copy()) {
		t.Fatal("undisturbed nothing was copied")
	}
	for _, tr := range tricks {
		refused := 0
		for _, k := range walktest.SampleOf(calls) {
			for _, later := range []int{1, 3, len(calls)} {
				th.r.Before = th.between(tr, k, k+later)
				if !th.ended(th.copy()) {
					refused++
				}
				th.r.Before = nil
				if err := th.end(); err != nil {
					t.Fatalf("%s: %v", tr.name, err)
				}
			}
		}
		if refused == 0 {
			t.Errorf("%s never kept the package from being copied: was it played at all?", tr.name)
		}
	}
	if !th.ended(th.copy()) {
		t.Error("with everything taken back nothing was copied")
	}
}

// between plays a trick before the k-th operation and takes it back before a later one.
func (th *theater) between(tr trick, k, until int) disktest.Before {
	n := 0
	return func(disktest.Op, string) error {
		switch n++; n {
		case k:
			return th.play(tr)
		case until:
			return th.end()
		}
		return nil
	}
}

// Somebody swaps the source all the time, at moments that nobody has chosen.
func TestSwapLoop(t *testing.T) {
	eachKind(t, "all", swapLoop)
}

func swapLoop(t *testing.T, scenario string) {
	th := newTheater(t, scenario)
	stop, played := make(chan struct{}), make(chan error, 1)
	count := 0
	go func() {
		played <- th.swapUntil(stop, &count)
	}()
	copied, refused := 0, 0
	n := swaps() / 2
	for range n {
		if th.ended(th.copy()) {
			copied++
		} else {
			refused++
		}
	}
	close(stop)
	if err := <-played; err != nil {
		t.Fatal(err)
	}
	if copied < n/100 || refused < n/100 || count < n/10 {
		t.Errorf("%d copied, %d refused, %d swaps: they hardly met", copied, refused, count)
	}
	t.Logf("%d copied, %d refused, %d swaps", copied, refused, count)
}

// swapUntil plays one trick after the other, each for a moment.
func (th *theater) swapUntil(stop <-chan struct{}, count *int) error {
	pause := rand.New(rand.NewPCG(1, 2))
	idle := func(most int) {
		for range pause.IntN(most) {
			runtime.Gosched()
		}
	}
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		idle(4000)
		tr := tricks[*count%len(tricks)]
		*count++
		if err := th.play(tr); err != nil {
			return fmt.Errorf("%s: %w", tr.name, err)
		}
		idle(400)
		if err := th.end(); err != nil {
			return fmt.Errorf("%s, taken back: %w", tr.name, err)
		}
	}
}
