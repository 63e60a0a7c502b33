package main

var (
	undos        = "TestUndoRefuses|TestUndoWaits|TestUndoTakesNoWord"
	undoFaults   = "TestUndoRefuses|TestUndoWaits"
	undoUnseen   = "TestWhatCouldNotBeLookedAtStopsEveryAct"
	undoStranger = "TestUndoBesideAStranger"
)

const (
	undoFile    = "steps/undo/undo.go"
	mayUndoFile = "steps/undo/mayundo.go"
)

// undoRows break what is taken back, and when.
var undoRows = []mutation{
	{"the hash is not compared", undoFile, `EqualFold(sum, r.SHA256)`, `EqualFold(sum, sum)`, undos, ""},
	{"the hash is not compared again after the answer", undoFile, `if p == nil && !u.gone {`, `if false {`,
		undoFaults, ""},
	{"any file may be taken back", undoFile, `if u.ID == "" {`, `if false {`, undos, ""},
	{"any file may be put back", undoFile, `r.Aside != "" && !cache.IsAside(r.To, r.Aside)`, `false`, undos, ""},
	{"a registered package is not typed for", undoFile, `case u.Named != "":`, `case false:`, undos, ""},
	{"nobody looks again after the answer", undoFile, `p := mayUndo(ctx, m, u, now)`, `var p *screen.Problem`,
		undoFaults, ""},
	{"a journal of others is taken at its word", "steps/journal/read.go",
		`file, info, err := disk.WithInfo(computer.OpenOwn(d, dir, FileName))`, "_ = computer.OpenOwn\n\t" +
			`file, info, err := disk.WithInfo(d.Open(disk.Join(dir, FileName), disk.ShareAll))`, undos, ""},
	{"a journal that came to others meanwhile is believed", mayUndoFile,
		`return journalRefused(disk.Join(u.journal, journal.FileName), err)`, `return nil`, undos, ""},
	{"busy that nobody could read is idle", mayUndoFile, `case f.BusyUnseen != nil:`, `case false:`, undoUnseen, ""},
	{"busy is idle", mayUndoFile, `case f.Busy:`, `case false:`, undos, ""},
	{"wizards that nobody could list are none", mayUndoFile, `case f.WizardsUnseen != nil:`, `case false:`,
		undoUnseen, ""},
	{"an open wizard is none", mayUndoFile, `case len(f.Ours()) > 0:`, `case false:`, undos, ""},
	{"a wizard opened since the question is none", mayUndoFile, `if !slices.ContainsFunc(`,
		`if false && !slices.ContainsFunc(`, undoStranger, ""},
	{"a product registered since the question is none", mayUndoFile,
		`p := u.outgrown(computer.ReadRegistration(ctx, m)); p != nil`,
		`p := u.outgrown(computer.ReadRegistration(ctx, m)); p != nil && false`, "TestAProductRegisteredMeanwhile", ""},
	{"no rights are asked for", mayUndoFile, `if !a.Elevated {`, `if false {`, "TestUndoWantsRights", ""},
	{"a folder or a link is given the package's name", mayUndoFile, `case in.Dir || in.Link:`, `case false:`,
		"TestNothingIsTakenAway", ""},
}
