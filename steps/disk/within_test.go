package disk

import (
	"errors"
	"testing"
	"time"
)

func TestDoesNotWaitForANameThatDoesNotCome(t *testing.T) {
	never := make(chan struct{})
	defer close(never)
	got := within(time.Millisecond, "S-1-5-21-1", func() (string, error) { <-never; return "late", nil })
	if got != "S-1-5-21-1" {
		t.Fatalf("the owner is called %q", got)
	}
	for _, ask := range []func() (string, error){
		func() (string, error) { return "", nil },
		func() (string, error) { return "half", errors.New("no") },
	} {
		if got := within(time.Minute, "S-1-5-21-1", ask); got != "S-1-5-21-1" {
			t.Fatalf("the owner is called %q", got)
		}
	}
	if got := within(time.Minute, "S-1", func() (string, error) { return `D\eve`, nil }); got != `D\eve` {
		t.Fatalf("the owner is called %q", got)
	}
}
