package report

import (
	"cmp"
	"fmt"
	"time"

	"marsfix/steps/screen"
)

// Piece is part of a time as the report has it; a time that is none is shown as it stands.
func Piece(stamp, layout string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return stamp
	}
	return t.Format(layout)
}

// day and clock are the two halves of a time.
func day(stamp string) string { return Piece(stamp, time.DateOnly) }

func clock(stamp string) string { return Piece(stamp, time.TimeOnly) }

// sizeExact is a size for comparing: readable, and to the byte.
func sizeExact(n int64) string {
	switch {
	case n <= 0:
		return ""
	case n < 1000:
		return screen.Size(n)
	}
	return fmt.Sprintf("%s (%d bytes)", screen.Size(n), n)
}

func kindWords(kind string) string {
	switch kind {
	case "walk":
		return "walk through the article's twelve steps"
	case "diagnosis":
		return "diagnosis; nothing was changed"
	}
	return ""
}

// tones are the names of tones, where they are one: nothing else becomes a class.
func tones(tone string) string {
	switch tone {
	case "good", "warn", "bad":
		return tone
	}
	return ""
}

func viewTones(view string) string {
	switch view {
	case "agrees":
		return "good"
	case "conflicts":
		return "bad"
	case "silent":
		return "quiet"
	}
	return ""
}

// shownStates is how the state of a step is told; one that is not known, as it stands.
func shownStates(state string) (words, tone string) {
	shown := map[string][2]string{
		screen.Done.String():     {"done", "good"},
		screen.Failed.String():   {"failed", "bad"},
		screen.Asking.String():   {"question not answered", "warn"},
		screen.NeedsYou.String(): {"left waiting for the engineer", "warn"},
		screen.Looking.String():  {"left while looking", "warn"},
		screen.Acting.String():   {"left while acting", "warn"},
		StateLooked:              {"looked at", ""},
		WentRound:                {WentRound, "warn"},
	}[state]
	return cmp.Or(shown[0], state), shown[1]
}

func rightsWords(m Machine) string {
	switch {
	case m.Root != "":
		return ""
	case m.Elevated:
		return "elevated"
	}
	return "not elevated"
}

func outcomeTone(outcome string) string {
	switch outcome {
	case changeDone:
		return "good"
	case changeNot:
		return "warn"
	}
	return "bad"
}

func stepNumber(st Step) string {
	if st.Round > 1 {
		return fmt.Sprintf("%d (round %d)", st.Step, st.Round)
	}
	return fmt.Sprint(st.Step)
}
