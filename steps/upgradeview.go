package steps

import (
	"cmp"
	"fmt"
	"slices"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func showRunUpgrade(f Facts) view {
	if f.Choices.Packing {
		return view{says: "These files would go into a zip for Microsoft Support.", rows: f.Packing}
	}
	u, v := f.Upgrade, view{}
	if f.PatchLog.Read && f.PatchLog.Info.Size > 0 && u.Judged {
		v.log = &screen.LogRef{Path: f.PatchLog.Path, Offset: u.LogSize}
	}
	v.says, v.mood, v.came = upgradeSays(f)
	if !u.Begun {
		if len(f.Installers) > 0 {
			v.rows = append(programRows(f.Installers[0]), notStagedRows(f.InPlace)...)
		}
		v.rows = append(v.rows, inPlaceRows(f)...)
		return v
	}
	v.rows = append(v.rows, changedRows(f)...)
	ran := screen.Row{Label: "installer", Value: cmp.Or(programPath(f), "the installer"), Extra: u.Failure() != 0}
	if !u.HasCode || !u.Judged {
		ran.Note = ranFrom(u)
	}
	v.rows = append(v.rows, ran)
	if u.InPlace {
		v.rows = append(v.rows, originRows(u.Origin)...)
	}
	switch {
	case u.Judged:
		v.rows = append(v.rows, outcomeRows(f)...)
	case !u.QuietSince.IsZero() || u.Unseen != nil:
		v.rows = append(v.rows, runningRows(f)...)
	}
	v.rows = append(v.rows, sweptRows(f.Swept)...)
	return v
}

// upgradeSays says how the upgrade stands, in a sentence and in a word.
func upgradeSays(f Facts) (says string, mood screen.Tone, came string) {
	u, after := f.Upgrade, look.ProductAfter(f)
	switch {
	case !u.Begun && f.Back() < len(f.Lost()):
		return inPlaceSays(f) + ": the upgrade may fail without the rest.", screen.Warn, ""
	case !u.Begun:
		return inPlaceSays(f) + ": the upgrade can run.", screen.Good, ""
	case !u.Judged:
		return "The upgrade is running: in its window press Next, then Upgrade.", screen.Plain, ""
	case u.Restart():
		return "The upgrade succeeded. Restart this computer to complete it.", screen.Good, "restart left"
	}
	came = "upgraded"
	if look.VersionKnown(f) {
		came = after.Version
	}
	if less := look.Unproved(f); less != "" {
		return "The upgrade succeeded; " + less + ".", screen.Good, came
	}
	return fmt.Sprintf("The upgrade succeeded: %s, verified.", screen.Versions(u.Before, came)), screen.Good, came
}

// ranFrom says when the upgrade was running.
func ranFrom(u look.Upgrade) string {
	if u.EndedAt.IsZero() {
		return "started " + screen.Clock(u.At)
	}
	return screen.Clock(u.At) + " to " + screen.Clock(u.EndedAt)
}

func programPath(f Facts) string {
	if len(f.Installers) == 0 {
		return ""
	}
	return f.Installers[0].Path
}

// outcomeRows are the last screen's rows about an upgrade that has ended.
func outcomeRows(f Facts) []screen.Row {
	u := f.Upgrade
	var rows []screen.Row
	if u.Said {
		rows = append(rows, screen.Row{Label: "ended", Value: screen.Clock(u.EndedAt) + ", as you said",
			Note: "some of it may still be running", Tone: screen.Warn, Word: "may still be running"})
	}
	if u.HasCode {
		rows = append(rows, screen.Row{Label: "exit code", Value: look.ExitCode(u.Code), Note: ranFrom(u),
			Extra: u.Failure() != 0})
	}
	if u.Restart() {
		rows = append(rows, screen.Row{Label: "restart", Value: "still needed to complete the upgrade", Tone: screen.Warn, Word: "needed"})
	}
	if p := look.ProductAfter(f); p != nil {
		version := screen.Versions(u.Before, p.Version)
		if p.Version != "" && p.Version == u.Before {
			version = "still " + version
		}
		rows = append(rows, screen.Row{Label: "version", Value: version})
	}
	rows = append(rows, logRow(u))
	for i, s := range u.Services {
		if s.State == "running" || s.State == "start pending" { // of any other a problem tells
			rows = append(rows, serviceRow(s, i == 0, "scheduled backups can run"))
		}
	}
	if f.Packed != "" {
		rows = append(rows, screen.Row{Label: "zip", Value: disk.Base(f.Packed), Note: "written", Tone: screen.Good},
			screen.Row{Label: "in", Value: disk.Dir(f.Packed)}) // apart, so that neither has to be shortened
	}
	return rows
}

// changedRows is what lies in the cache otherwise than before, and beside the last of it what takes that back.
func changedRows(f Facts) []screen.Row {
	var rows []screen.Row
	for _, c := range f.Copies() {
		if c.Done {
			rows = append(rows, copiedRow(f, c))
		}
		if c.Aside != "" {
			rows = append(rows, screen.Row{Label: "set aside", Value: c.Aside})
		}
	}
	if len(rows) > 0 && f.About.Label == "" {
		rows = append(rows, screen.Row{Label: "to undo", Value: "run " + computer.Undo})
	}
	if p := f.Decision.Product; p != nil && len(rows) > 0 {
		rows = append(rows, screen.Row{Label: "product", Value: p.Name, Extra: f.Upgrade.Failure() != 0})
	}
	return rows
}

// copiedRow is a file that was put back, and whether the upgrade has taken it.
func copiedRow(f Facts, c look.Copied) screen.Row {
	r := screen.Row{Label: cache.KindOf(c.To).String(), Value: c.To, Note: "in place again", Tone: screen.Good,
		Word: "in place"}
	u := f.Upgrade
	named := func(w logscan.Warning) bool { return w.Session == u.Log.Sessions && disk.SamePath(w.Path, c.To) }
	if u.Judged && (slices.ContainsFunc(u.Log.Named, named) || slices.ContainsFunc(u.Log.Patches, named)) {
		r.Note, r.Tone, r.Word = "not accepted", screen.Bad, "not accepted"
	}
	return r
}

// serviceRow is a service of the agent; means is what a running backup service allows.
func serviceRow(s computer.Service, backup bool, means string) screen.Row {
	r := screen.Row{Label: "service", Value: s.Name, Note: cmp.Or(s.State, "not installed"), Tone: screen.Good}
	if s.State != "running" {
		r.Tone = screen.Warn
	} else if r.Word = s.State; backup {
		r.Note += "; " + means
	}
	return r
}

func logRow(u look.Upgrade) screen.Row {
	switch {
	case !u.NewLog:
		return screen.Row{Label: "log", Value: "nothing new in " + look.PatchLogName}
	case u.Log.LastSession.Warnings > 0:
		return screen.Row{Label: "log", Value: screen.Count(u.Log.LastSession.Warnings, "new warning", "new warnings"),
			Tone: screen.Bad}
	}
	return screen.Row{Label: "log", Value: "no warnings or errors in the new session", Tone: screen.Good,
		Word: "no warnings or errors"}
}
