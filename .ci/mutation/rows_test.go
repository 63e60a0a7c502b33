package main

import "testing"

// TestEveryRowStands holds that what each row breaks stands in its file exactly once and reads as Go when it is broken,
// and that its tests have that name: whoever renames something is told at once, and not when the mutations are run.
func TestEveryRowStands(t *testing.T) {
	const checkout = "../.."
	all, err := listTests(t.Context(), checkout)
	if err == nil {
		err = all.outdated(checkout, allRows())
	}
	if err != nil {
		t.Error(err)
	}
}
