package ui

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"marsfix/steps/screen"
)

// plainly walks a story in plain mode over an input.
func plainly(t *testing.T, w *fakeWalk, input string) (out string, code int) {
	t.Helper()
	var b bytes.Buffer
	code, err := runPlain(t.Context(), w, Options{In: strings.NewReader(input), Text: &b, Clock: testClock()})
	if err != nil {
		t.Fatal(err)
	}
	if bad := controls(b.String()); bad != "" || strings.Contains(b.String(), "\x1b") {
		t.Errorf("the lines hold %q:\n%s", bad, b.String())
	}
	return b.String(), code
}

func TestPlainGolden(t *testing.T) {
	t.Run("plain_story", func(t *testing.T) {
		out, code := plainly(t, shortStory().walk("wizard"), "y\n2\ny\n")
		if code != 0 {
			t.Errorf("code %d", code)
		}
		golden(t, out)
	})
	t.Run("plain_witnesses", func(t *testing.T) {
		out, _ := plainly(t, story{"a": {screen: witnessScreen(),
			then: map[string]string{"enter": "left 0"}}}.walk("a"), "")
		golden(t, out)
	})
}

// A row without a label goes on with the row above.
func TestALineWithoutALabelIsIndented(t *testing.T) {
	for want, r := range map[string]screen.Row{
		"size: 49.2 KB (big, new)": {Label: "size", Value: "49.2 KB", Note: "big   new"},
		"  49.2 KB":                {Value: "49.2 KB"},
		"":                         {},
	} {
		if got := rowLine(r); got != want {
			t.Errorf("%+v is %q, want %q", r, got, want)
		}
	}
}

func TestPlainAnswers(t *testing.T) {
	const asked = "enter enter answer(false,0,) "
	for _, c := range []struct {
		name, from, input, events string
		code                      int
	}{
		{"the walk", "wizard", "y\n1\ny\n", asked + "answer(true,0,) enter enter", 0},
		{"an empty line takes the first of a list", "wizard", "y\n\ny\n", asked + "answer(true,0,) enter enter", 0},
		{"Windows line ends, blanks, capitals", "wizard", " Y \r\n 1\r\nYES\r\n",
			asked + "answer(true,0,) enter enter", 0},
		{"a last line without its end", "wizard", "y\n1\ny", asked + "answer(true,0,) enter enter", 0},
		{"no to an action ends", "wizard", "n\n", "end", 3},
		{"an empty line is a no", "wizard", "y\n1\n\n", asked + "answer(false,0,) end", 3},
		{"no is a no", "wizard", "y\n1\nNo\n", asked + "answer(false,0,) end", 3},
		{"the end of the input is a no", "wizard", "y\n1\n", asked + "end", 3},
		{"no input at all", "wizard", "", "end", 3},
		{"what does not fit is asked again three times", "copy", "what\nyep\n7\ny\n", "answer(true,0,) enter enter", 0},
		{"then it is a no", "copy", "what\nyep\n7\nNUL\x00\ny\n", "answer(false,0,) end", 3},
		{"a number that is not there does not fit", "choose", "3\n0\n-1\n2\ny\n",
			"answer(false,1,) answer(true,0,) enter enter", 0},
		{"no number in four is a no", "choose", "x\nx\nx\nx\ny\n", "end", 3},
		{"a line too long is one answer that does not fit", "copy", strings.Repeat("y", 1<<20) + "\ny\n",
			"answer(true,0,) enter enter", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := shortStory().walk(c.from)
			out, code := plainly(t, w, c.input)
			if code != c.code || withoutTasks(w.seen()) != c.events {
				t.Errorf("input %.40q: code %d, events %q, want %d, %q\n%s", c.input, code, withoutTasks(w.seen()),
					c.code, c.events, out)
			}
			if !strings.HasSuffix(out, "the end\n") {
				t.Errorf("no summary:\n%s", out)
			}
		})
	}
}

func withoutTasks(events string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(events, "ui.told", "")), " ")
}

// TestPlainTyped: a wrong id is asked again in the walk's own words, three times.
func TestPlainTyped(t *testing.T) {
	again := with(typeScreen(), func(sc *screen.Screen) {
		q := *sc.Question
		q.Prompt = "That is not 7b5ea8. " + q.Prompt
		sc.Question = &q
	})
	st := story{"done": {screen: onStep(12, "Run", "", screen.Done, finish),
		then: map[string]string{"enter": "left 0"}}}
	for name, sc := range map[string]screen.Screen{"first": typeScreen(), "again": again} {
		st[name] = leaf{screen: sc, then: map[string]string{"answer(false,0,wrong)": "again",
			"answer(false,0,7B5EA8)": "done"}}
	}
	for _, c := range []struct {
		input, events string
		code          int
	}{
		{"7B5EA8\n", "answer(false,0,7B5EA8) enter", 0},
		{"wrong\nwrong\nwrong\n7B5EA8\n",
			"answer(false,0,wrong) answer(false,0,wrong) answer(false,0,wrong) answer(false,0,7B5EA8) enter", 0},
		{"wrong\nwrong\nwrong\nwrong\n7B5EA8\n",
			"answer(false,0,wrong) answer(false,0,wrong) answer(false,0,wrong) end", 3},
		{"\n", "end", 3},
		{"n\n", "end", 3},
	} {
		w := st.walk("first")
		out, code := plainly(t, w, c.input)
		if code != c.code || w.seen() != c.events {
			t.Errorf("input %q: code %d, events %q\n%s", c.input, code, w.seen(), out)
		}
		if strings.Contains(out, takenAsNo) != (strings.Count(c.input, "wrong") == 4) {
			t.Errorf("%q: what counts as a no is told otherwise than it is taken:\n%s", c.input, out)
		}
		wrong := strings.Count(c.input, "wrong")
		if strings.Count(out, "That is not 7b5ea8.") != min(wrong, mostAgain) ||
			strings.Contains(out, "please type") != (wrong > mostAgain) {
			t.Errorf("what does not fit is told by the walk alone, until it counts as a no:\n%s", out)
		}
	}
}

// Where nothing but another key than Enter leads on, and says what it would be asked, plain mode asks that.
func TestPlainAsksForAnotherKey(t *testing.T) {
	hold := make(chan struct{})
	defer close(hold)
	waits := onStep(12, "Run", "", screen.NeedsYou, screen.Action{Key: "s", Verb: "it has ended", Commits: true,
		Ask: "Has the upgrade ended?"})
	st := story{
		"waits": {screen: waits, then: map[string]string{"s": "done"}, task: "waits", hold: hold},
		"done":  {screen: onStep(12, "Run", "", screen.Done, finish), then: map[string]string{"enter": "left 0"}},
	}
	for _, c := range []struct {
		input, events string
		code          int
	}{{"y\n", "s enter", 0}, {"n\n", "end", 3}} {
		w := st.walk("waits")
		out, code := plainly(t, w, c.input)
		if code != c.code || w.seen() != c.events || strings.Count(out, "Has the upgrade ended?") != 1 {
			t.Errorf("input %q: code %d, events %q\n%s", c.input, code, w.seen(), out)
		}
	}
}

// TestPlainTellsARowOnce: steps that are not needed have the same reason, which is heard once. Facts beside each other
// on a screen are apart on a line as well.
func TestPlainTellsARowOnce(t *testing.T) {
	st := story{}
	for i, next := range map[int]string{6: "7", 7: "8", 8: "left 0"} {
		sc := onStep(i, "Not needed", "", screen.Done, finish)
		sc.Rows = []screen.Row{{Label: "reason", Value: "It is in place.", Note: "9 KB   Microsoft   the code matches"}}
		st[strconv.Itoa(i)] = leaf{screen: sc, then: map[string]string{"enter": next}}
	}
	out, _ := plainly(t, st.walk("6"), "")
	if strings.Count(out, "  reason: It is in place. (9 KB, Microsoft, the code matches)\n") != 1 ||
		strings.Count(out, ": Not needed\n") != 3 {
		t.Errorf("not once:\n%s", out)
	}
}

func TestPlainStopsWhereAStepFailed(t *testing.T) {
	w := story{"a": {screen: failedScreen()}}.walk("a")
	out, code := plainly(t, w, "y\ny\n")
	if code != 1 || w.seen() != "end" {
		t.Errorf("code %d, events %q", code, w.seen())
	}
	for _, want := range []string{"\nproblem: cannot read", "\nhint: start marsfix again",
		"\nnote: the log was written"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing:\n%s", want, out)
		}
	}
}
