package steps

import (
	"fmt"

	"marsfix/steps/screen"
)

// askWhose asks whether a wizard that somebody else started is the one of this repair.
func askWhose(f Facts, other *action) finding {
	p := f.Strangers()[0]
	return finding{state: screen.Asking, poll: desktopPoll, other: other, declined: "Not used.",
		says: "An upgrade wizard is open that may not be yours.", mood: screen.Warn,
		question: &screen.Question{Kind: screen.Confirm, Verb: "use it",
			Prompt: fmt.Sprintf("Is this the wizard for this repair: %s?", p.Whose()),
			Yes:    "uses it for this repair", No: "leaves it alone and stays here"},
		answer: func(f *Facts, _ screen.Answer) {
			at := p.Seat()
			f.Choices.Seat = &at
		}, then: outcome{look: true}}
}
