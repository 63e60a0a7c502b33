package look

import (
	"context"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// SearchLog reads OBPatch.log to its end, and the others where the logs alone tell what is lost (step 3).
func SearchLog(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f = searchOne(ctx, l, f, e)
	f.Others = searchOthers(ctx, l, f, e)
	return f
}

// searchOne reads one log.
func searchOne(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f.Patch, f.Reading = logscan.PatchLog{}, logscan.Reading{}
	if !f.PatchLog.Read {
		return f
	}
	log, err := f.scan(ctx, l, f.PatchLog, logscan.PatchOptions{Windows: f.About.WindowsNames}, e.Report)
	if err == nil && !log.Blank {
		f.Reading, err = readLast(ctx, l, f, log)
	}
	if err != nil {
		f.PatchLog.Read = false
		f.PatchLog.Trouble = logProblem(f.PatchLog.Path, PatchLogName, err)
		return f
	}
	if d := f.Reading.Doubt; d != logscan.NoDoubt && !d.Damage() {
		log.Named = nil // it is no log, and only speaks of one
	}
	for _, list := range [][]logscan.Warning{log.Named, log.Patches} {
		for i := range list {
			list[i].Log = f.PatchLog.Path
		}
	}
	f.Patch = log
	if f.Reading.Doubt == logscan.NoDoubt && len(log.Suspicious) > 0 {
		f.Reading.Doubt = copyDamage(f, log.Suspicious[0])
	}
	switch {
	case f.PatchLog.Trouble != nil:
	case log.Blank:
		f.PatchLog.Trouble = logBlank(f.PatchLog.Path, PatchLogName)
	case f.Reading.Doubt != logscan.NoDoubt && len(log.Named) == 0: // a name that was read counts despite the doubt
		f.PatchLog.Trouble = notUnderstood(f)
	}
	return f
}

// readLast reads the last session of a log that has been searched.
func readLast(ctx context.Context, l computer.Looker, f Facts, log logscan.PatchLog) (logscan.Reading, error) {
	file, _, err := f.Given.Open(l.Disk(), f.PatchLog.Path)
	if err != nil {
		return logscan.Reading{}, err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	return logscan.ReadLast(ctx, file, log.Size, log)
}

// scan reads a log as an OBPatch.log.
func (f Facts) scan(ctx context.Context, l computer.Looker, lf LogFile, o logscan.PatchOptions,
	report func(screen.Progress)) (logscan.PatchLog, error) {
	file, info, err := f.Given.Open(l.Disk(), lf.Path)
	if err != nil {
		return logscan.PatchLog{}, err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	o.Progress = screen.CountBytes(report, "searching", info.Size)
	return logscan.ScanPatch(ctx, file, info.Size, o)
}

// SuspiciousNames is the problem of warnings whose names are not acceptable, if there are any.
func SuspiciousNames(f Facts) []screen.Problem {
	log := f.Patch
	if len(log.Suspicious) == 0 {
		return nil
	}
	w := log.Suspicious[0]
	p := suspiciousName(log.SuspiciousCount, w.Number, Quoted(w.Text, w.NameAt, MostQuoted))
	if copyDamage(f, w) != logscan.NoDoubt {
		p.Cure = "the line was changed by copying; take the log file itself"
	}
	return []screen.Problem{p}
}
