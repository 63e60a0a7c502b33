package walk

import (
	"context"

	"marsfix/steps"
	"marsfix/steps/bundle"
	"marsfix/steps/computer"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// pack lists what would go into the support zip or, with the act, writes the zip beside the reports. It looks at
// everything, and so belongs to no step. The report of this walk is passed in, since it is not on the disk yet.
func (w *Walk) pack(ctx context.Context, wk steps.Work, told report.Report,
	progress func(screen.Progress)) steps.Result {
	r := wk.Result()
	f := wk.Facts
	b, p := bundle.Plan(ctx, w.machine,
		bundle.Options{Given: f.Given, Report: &told, Version: told.Tool.Version, Now: wk.At})
	switch wk.Act {
	case computer.ActPack:
		if p == nil {
			f.Packed, p = b.WriteHere(ctx, w.machine, progress)
		}
		if p == nil {
			f.Choices.Packing = false
		}
	default:
		f.Packing = nil
		for _, row := range b.Rows() {
			f.Packing = append(f.Packing, screen.Row{Value: row.Label, Note: row.Note, Tone: row.Tone})
		}
	}
	f.Trouble = p
	r.Facts = f
	return r
}
