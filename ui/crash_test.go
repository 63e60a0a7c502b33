package ui

import (
	"errors"
	"fmt"
	"marsfix/steps/screen"
	"strings"
	"testing"
)

// TestPanicIsTold: what a face caught is told once, with where to report it.
func TestPanicIsTold(t *testing.T) {
	var out strings.Builder
	defect := Failed(&out, fmt.Errorf("walk: %w", &Panic{Value: "defect", Stack: []byte("goroutine 7")}))
	want := "marsfix: internal error: defect\n\ngoroutine 7\nhint: please report this, with the text above, to whoever gave you marsfix\n"
	if !defect || out.String() != want {
		t.Errorf("a defect %v, %q", defect, &out)
	}
}

// TestErrorsAreFitToBeShown: a path stands as it was typed, and nothing in a name reaches the console as more than
// text.
func TestErrorsAreFitToBeShown(t *testing.T) {
	var out strings.Builder
	err := fmt.Errorf("look into \"%s\"", "C:\\a\x1b[2J\u202eb")
	defect := Failed(&out, errors.Join(screen.Hinted{Err: err, Hint: "marsfix \x07"}, errors.New("close it")))
	want := "marsfix: look into \"C:\\a?[2J?b\"\nclose it\nhint: marsfix ?\n"
	if defect || out.String() != want {
		t.Errorf("%q, want %q", &out, want)
	}
}
