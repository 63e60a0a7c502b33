package steps

import (
	"context"
	"path/filepath"

	"marsfix/steps/disk"
)

// SaveBundle writes a bundle to a path of this system, or, where none is given, beside the reports of the computer.
func SaveBundle(ctx context.Context, m Machine, out string, b Bundle) (path string, p *Problem) {
	report := func(Progress) {}
	if out == "" {
		return WriteBundleHere(ctx, m, b, report)
	}
	full, err := filepath.Abs(out)
	if err != nil {
		return "", bundleProblem(out, err)
	}
	return full, WriteBundle(ctx, disk.NewLocal(), full, b, report)
}

// zipMove is s on the last screen: the list of what would go into the zip.
func zipMove() *move {
	return &move{"support zip", "", func(f Facts) (Facts, next) {
		f.Choices.Packing = true
		return f, next{look: true}
	}}
}

// lookPacking renews the list of what would go into the zip.
func lookPacking(ctx context.Context, l Looker, f Facts, e env) Facts {
	b, p := PlanBundle(ctx, l, packed(f, e))
	f.Packing, f.Trouble = nil, p
	for _, r := range b.Rows() {
		f.Packing = append(f.Packing, Row{Value: r.Label, Note: r.Note, Tone: r.Tone})
	}
	return f
}

// judgePacking asks before the zip is written. s leads back to how the upgrade ended; n leaves the question open, as everywhere.
func judgePacking(f Facts) finding {
	back := &move{"no zip", "", func(f Facts) (Facts, next) {
		f.Choices.Packing, f.Trouble = false, nil
		return f, next{}
	}}
	if f.Trouble != nil {
		return finding{state: Failed, problems: []Problem{*f.Trouble}, other: back}
	}
	return finding{state: Asking, other: back,
		question: &Question{Kind: Confirm, Prompt: "Write these into one zip for Microsoft Support? Passwords and tokens are taken out.", Verb: "write"},
		answer:   func(f Facts, _ Answer) (Facts, next) { return f, next{act: actPack} }}
}

// packed is what goes into the zip: this walk's report too, which has not been written yet.
func packed(f Facts, e env) BundleOptions {
	o := BundleOptions{Given: f.Given, Report: f.Walked, Now: e.now}
	if f.Walked != nil {
		o.Version = f.Walked.Tool.Version
	}
	return o
}

// doPack writes the zip beside the reports.
func doPack(ctx context.Context, m Machine, f Facts, e env) Facts {
	b, p := PlanBundle(ctx, m, packed(f, e))
	if p == nil {
		f.Packed, p = WriteBundleHere(ctx, m, b, e.report)
	}
	if f.Trouble = p; p == nil {
		f.Choices.Packing = false
	}
	return f
}
