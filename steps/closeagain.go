package steps

import (
	"fmt"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

func judgeCloseAgain(f Facts, now time.Time) finding {
	switch {
	case f.Stopped() != nil:
		return failed(*f.Stopped())
	case len(f.Wizards) > 0 && !f.Choices.WizardLeft:
		return wizardOpen(f, now)
	}
	return finding{state: screen.Done}
}

// inPlaceRows are the files that were put back in this round, and those that are still lost.
func inPlaceRows(f Facts) []screen.Row {
	var rows []screen.Row
	for _, l := range f.Lost() {
		switch {
		case l.Copied.Done:
			rows = append(rows, screen.Row{Label: l.Kind.String(), Value: l.Copied.To, Note: "in place",
				Tone: screen.Good})
		case !l.Target.Usable:
			rows = append(rows, screen.Row{Label: l.Kind.String(), Value: l.Place, Note: "still lost",
				Tone: screen.Bad})
		}
	}
	return rows
}

// inPlaceSays is how the lost files stand, as the beginning of a sentence.
func inPlaceSays(f Facts) string {
	lost := f.Lost()
	switch back := f.Back(); {
	case len(lost) == 1 && back == 1:
		return disk.Base(lost[0].Place) + " is in place"
	case back == len(lost):
		return fmt.Sprintf("All %d files are in place", back)
	}
	return ofLost(f.Back(), len(lost)) + " in place"
}

func showCloseAgain(f Facts) view {
	v := view{says: "The upgrade wizard is closed: the upgrade can run.", mood: screen.Good, came: "closed",
		rows: wizardRows(f)}
	if len(f.Wizards) > 0 {
		v.says, v.mood, v.came = inPlaceSays(f)+". Now close the upgrade wizard.", screen.Plain, "left open"
	}
	v.rows = append(v.rows, inPlaceRows(f)...)
	return v
}
