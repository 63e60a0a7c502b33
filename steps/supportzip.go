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

// judgePacking asks before the zip is written. s leads back to how the upgrade ended; n leaves the question open, as everywhere.
func judgePacking(f Facts) finding {
	back := &move{"no zip", "", func(f Facts) (Facts, next) {
		f.Choices.Packing, f.Trouble = false, nil
		return f, next{}
	}}
	if f.Trouble != nil {
		return finding{state: screen.Failed, problems: []screen.Problem{*f.Trouble}, other: back}
	}
	return finding{state: screen.Asking, other: back,
		question: &screen.Question{Kind: screen.Confirm, Prompt: "Write these into one zip for Microsoft Support? Passwords and tokens are taken out.", Verb: "write"},
		answer:   func(f Facts, _ screen.Answer) (Facts, next) { return f, next{act: computer.ActPack} }}
}
