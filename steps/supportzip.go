package steps

import (
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// zipMove is s on the last screen: the list of what would go into the zip.
func zipMove() *move {
	return &move{"support zip", "", func(f Facts) (Facts, next) {
		f.Choices.Packing = true
		return f, next{look: true}
	}}
}

// judgePacking asks before the zip is written. s leads back to how the upgrade ended; n leaves the question open, as
// everywhere.
func judgePacking(f Facts) finding {
	back := &move{"cancel", "", func(f Facts) (Facts, next) {
		f.Choices.Packing, f.Trouble = false, nil
		return f, next{}
	}}
	if f.Trouble != nil {
		return finding{state: screen.Failed, problems: []screen.Problem{*f.Trouble}, other: back}
	}
	return finding{state: screen.Asking, other: back,
		declined: "No zip was written.",
		question: &screen.Question{Kind: screen.Confirm, Verb: "write",
			Prompt: "Put these into a zip for Microsoft Support?",
			Yes:    "removes recognised passwords and tokens; check the zip before sending it",
			No:     "writes nothing and stays here"},
		answer: func(f Facts, _ screen.Answer) (Facts, next) { return f, next{act: computer.ActPack} }}
}
