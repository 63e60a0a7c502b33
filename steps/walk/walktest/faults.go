package walktest

import (
	"errors"
	"io/fs"
	"testing"

	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
)

// Deed is an act of step 10 that the fault table breaks.
type Deed struct{ Scenario, Verb string }

var Deeds = []Deed{{"missing", "copy"}, {"bad-target", "set aside"}, {"bad-target", "copy"}, {"patch-missing", "copy"}}

// Ways in which an operation fails; short ones only where something is written.
var Ways = []struct {
	Name  string
	Cause error
	Short bool
}{
	{"error", errors.New("the cable was pulled"), false},
	{"short", errors.New("only half of it was taken"), true},
	{"full", disk.ErrFull, false},
	{"short and full", disk.ErrFull, true},
	{"denied", fs.ErrPermission, false},
	{"shared", disk.ErrShared, false},
}

// FailAt is a Before that fails the k-th operation and leaves the others alone; what was asked is kept in calls.
func FailAt(k int, cause error, short bool, calls *[]Call) disktest.Before {
	keep := Record(calls)
	return func(op disktest.Op, path string) error {
		if err := keep(op, path); err != nil || len(*calls) != k {
			return err
		}
		return Broken(op, path, cause, short)
	}
}

func Broken(op disktest.Op, path string, cause error, short bool) error {
	if short && op == disktest.Write {
		return disktest.Short{N: 100, Err: cause}
	}
	return &fs.PathError{Op: string(op), Path: path, Err: cause}
}

// Operations are those of the deed on an undisturbed disk.
func (d Deed) Operations(t *testing.T) (calls []Call) {
	r, e := OnRig(t, d.Scenario)
	e.Until(d.Verb)
	e.Act(r, Record(&calls))
	if e.Walk.Screen().State == screen.Failed || len(calls) == 0 {
		t.Fatalf("undisturbed it came to %+v", e.Walk.Screen())
	}
	return calls
}

// SampleOf are the operations that are broken one by one. Reading the package's identity takes dozens of small reads
// that go the same way: of such a row the first, one in the middle and the last stand for all.
func SampleOf(calls []Call) (ks []int) {
	for i, c := range calls {
		first := i == 0 || calls[i-1] != c
		last := i == len(calls)-1 || calls[i+1] != c
		if first || last || c.Op.Changes() || i%40 == 0 {
			ks = append(ks, i+1)
		}
	}
	return ks
}
