package steps

import (
	"context"
	"fmt"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// leftoverRows names the temporary files of interrupted copies.
func leftoverRows(f Facts) []screen.Row {
	var rows []screen.Row
	for i, in := range f.Leftovers {
		rows = append(rows, screen.Row{Label: "leftover", Value: in.Path,
			Note: screen.Size(in.Size) + " of an interrupted copy", Tone: screen.Warn,
			Word: "interrupted copy", Extra: i > 0})
	}
	return rows
}

// offerSweep is what s does where there are such files: it removes them. nil: there are none.
func offerSweep(f Facts) *action {
	if len(f.Leftovers) == 0 {
		return nil
	}
	return &action{"remove leftover", "", nil, outcome{act: computer.ActSweep}}
}

// doSweep removes the temporary files that the screen named, if they are still the same.
func doSweep(ctx context.Context, m computer.Machine, f Facts, e look.Env) Facts {
	f, ok := idle(ctx, m, f)
	if !ok {
		return f
	}
	for _, in := range f.Leftovers {
		if err := m.Writer().Remove(in.Path, in.ID); err != nil {
			f.Trouble = computer.WriteProblem(in.Path, err)
			f.Trouble.Message = fmt.Sprintf("cannot remove \"%s\": %v", in.Path, disk.Cause(err))
			return f
		}
	}
	return look.CopyPackage(ctx, m, f, e)
}
