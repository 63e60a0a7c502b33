package screen_test

import (
	"strings"
	"testing"

	"marsfix/steps/screen"
)

// Every way on has words for both kinds of faces, alone and after a cure; those that are read without a screen name no
// key, and those of a screen name the one that its footer shows first.
func TestEachFaceHasItsOwnEnding(t *testing.T) {
	for then := screen.Nothing; then <= screen.Support; then++ {
		for _, cure := range []string{"", "make room on that drive"} {
			p := screen.Problem{Code: screen.CodeDiskFull, Message: "the disk is full", Cure: cure, Then: then}
			keyed, told, walked := p.Keyed().Hint, p.Told("marsfix undo").Hint, p.OfWalk("practice").Hint
			for _, hint := range []string{told, walked} {
				if strings.Contains(hint, "press r") || strings.Contains(hint, "press s") ||
					strings.Contains(hint, "press Enter") {
					t.Errorf("%d names a key where there is none: %s", then, hint)
				}
				if !strings.Contains(hint, cure) || hint == "" && cure != "" {
					t.Errorf("%d does not tell the cure: %s", then, hint)
				}
			}
			if key := then.Key(); key != "" && !strings.Contains(strings.ToLower(keyed), "press "+key) || key == "" &&
				strings.Contains(keyed, "press ") {
				t.Errorf("%d has the key %q, and tells: %s", then, key, keyed)
			}
			if then == screen.LookAgain && (!strings.Contains(told, "marsfix undo") ||
				!strings.Contains(walked, "marsfix practice")) {
				t.Errorf("it tells %q and %q, not what to type", told, walked)
			}
		}
	}
}

// What the step's own key is for is told where there are keys, and nowhere else.
func TestAnOfferIsForKeys(t *testing.T) {
	p := screen.Problem{Code: screen.CodeStillRunning, Cure: "close it if it is not needed",
		Offer: "if the upgrade has ended"}
	if got := p.Keyed().Hint; got != "close it if it is not needed; if the upgrade has ended, press s" {
		t.Errorf("a screen tells: %s", got)
	}
	if got := p.OfWalk("").Hint; got != p.Cure {
		t.Errorf("a line tells: %s", got)
	}
}

// At the end of a walk the keys and the screen are gone: what went on with Enter names a command, and what a practice
// computer tells says for which computer it is, or how to practise that once more.
func TestAnEndingCanBeFollowed(t *testing.T) {
	const again = "practice --scenario second-package"
	for _, tt := range []struct {
		p              screen.Problem
		real, practice string
	}{
		{screen.Problem{Cure: "the same steps look for 8c61f3.msi", Then: screen.GoOn},
			"run marsfix again: the same steps look for 8c61f3.msi",
			"run marsfix " + again + " again: the same steps look for 8c61f3.msi"},
		{screen.Problem{Cure: "find out who wrote it"}, "find out who wrote it", "on a real computer, find out who wrote it"},
		{screen.Problem{Then: screen.LookAside}, "look again: marsfix; it offers to set that file aside, and then to copy",
			"look again: marsfix " + again},
		{screen.Problem{}, "", ""},
	} {
		if got := tt.p.OfEnding("", "").Hint; got != tt.real {
			t.Errorf("told %q, want %q", got, tt.real)
		}
		if got := tt.p.OfEnding(again, "").Hint; got != tt.practice {
			t.Errorf("practice tells %q, want %q", got, tt.practice)
		}
	}
}
