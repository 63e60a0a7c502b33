package steps

import (
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// offerZip is what s does on the last screen: it lists what would go into the zip.
func offerZip() *action {
	return &action{"support zip", "", func(f *Facts) { f.Choices.Packing = true }, outcome{look: true}}
}

// judgePacking asks before the zip is written. esc leads back to how the upgrade ended; after n the step stays, as
// everywhere.
func judgePacking(f Facts) finding {
	back := &action{"cancel", "", func(f *Facts) { f.Choices.Packing, f.Trouble = false, nil }, outcome{}}
	if f.Trouble != nil {
		return finding{state: screen.Failed, problems: []screen.Problem{*f.Trouble}, back: back}
	}
	return finding{state: screen.Asking, back: back,
		declined: "No zip was written.",
		question: &screen.Question{Kind: screen.Confirm, Verb: "write",
			Prompt: "Put these into a zip for Microsoft Support?",
			Yes:    "writes it without recognised passwords and tokens; check before sending",
			No:     "writes nothing and stays here"},
		then: outcome{act: computer.ActPack}}
}
