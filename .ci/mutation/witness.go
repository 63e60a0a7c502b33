package main

var (
	whose   = "TestWhoseWizard|TestASeat"
	patches = "TestWhereAPatch|TestAPatch|TestADoubtfulPatch|TestTwoPatches|TestWhatWasCopied|TestTheEngineerShows|" +
		"TestManyPatches|TestPlanted"
	witnesses = "TestWhoSpeaks|TestAFolderThatIsALink|TestWitnesses|TestAStrangerIsNo"
)

const (
	whoseFile  = "steps/computer/whose.go"
	folderFile = "steps/look/findfolder.go"
)

// witnessRows break whose process a wizard is, and who speaks for the extraction folder.
var witnessRows = []mutation{
	{"everybody's wizard counts", whoseFile, `p.Ours || p.Own == Yes && p.Elevated == Yes`, `true`, whose, ""},
	{"a stranger's counts", whoseFile, `p.Own == Yes && p.Elevated == Yes`, `p.Elevated == Yes`, whose, ""},
	{"one that is not elevated counts", whoseFile, `p.Own == Yes && p.Elevated == Yes`, `p.Own == Yes`, whose, ""},
	{"one of an unknown account counts", whoseFile, `p.Own == Yes && p.Elevated == Yes`,
		`p.Own != No && p.Elevated == Yes`, whose, ""},
	{"one of unknown rights counts", whoseFile, `p.Own == Yes && p.Elevated == Yes`,
		`p.Own == Yes && p.Elevated != No`, whose, ""},
	{"after one question everybody's counts", "steps/look/whose.go",
		`f.Choices.Seat != nil && *f.Choices.Seat == p.Seat()`, `f.Choices.Seat != nil`, whose, ""},

	{"a stranger is a witness", folderFile, `for _, p := range f.Ours() {`, `for _, p := range f.Wizards {`,
		witnesses, ""},
	{"the disk speaks beside a stranger", folderFile, `if f.Folder.Stranger == "" && !f.Start`, `if !f.Start`,
		witnesses, ""},
	{"the disk speaks for a start that was only found", folderFile, `&& !f.Start.Found &&`, `&&`, witnesses, ""},
	{"an old folder speaks", folderFile, `in.Written.After(f.Start.At.Add(-fileTick))`, `true`, witnesses, ""},
	{"an old line counts after a start", "steps/look/opensetuplog.go", `ln.New || !noted`, `ln.New || !noted || noted`,
		"TestBestLine", ""},
	{"any process may have written the line", folderFile, `case p.Ours && f.Folder.Line.PID`, `case f.Folder.Line.PID`,
		witnesses, ""},
	{"a process runs from every folder", folderFile, `in.ID == id && id != (disk.ID{})`,
		`in.ID == in.ID && id != (disk.ID{})`, witnesses, ""},
	{"nobody is asked where only the log speaks", "steps/findfolder.go", `case len(fo.Witnesses) == 0 && fo.From`,
		`case false && fo.From`, witnesses, ""},
	{"a folder behind a link is used", folderFile, `case err == nil && in.Link, errors.Is(err, disk.ErrLink):`,
		`case false:`, witnesses, ""},
	{"the folder is looked at wherever it is", folderFile, `look.Stat(f.Folder.Path)`, `d.Stat(f.Folder.Path)`,
		"TestAnExtractionFolderOnTheNetwork", ""},

	{"a patch with any code is the lost one", "steps/look/notit.go", `case !Accepted(f, p):`,
		`case false && !Accepted(f, p):`, patches, ""},
	{"a patch of another product is the lost one", "steps/look/notit.go", `case foreign(f, p):`,
		`case false && foreign(f, p):`, patches, ""},
	{"a patch out of another computer's cache", "steps/look/candidates.go", `in.Dir && !IsCache(dir)`,
		`in.Dir`, patches, ""},
	{"patches are looked for anywhere", "steps/look/candidates.go", `disk.StatOwn(c.d, dir)`, `c.d.Stat(dir)`,
		"TestLooksDoNotTravel", ""},
	{"a refused patch keeps a good one out", "steps/look/search.go", `return doubt(a) - doubt(b)`,
		`return 0`, patches, ""},
	{"planted sizes are read in passing", "steps/look/search.go", `cost(p) > s.contents`,
		`cost(p) > 1<<60`, patches, ""},
	{"a search reads all that it finds", "steps/look/search.go", `if doubt(p) < useless {`,
		`if doubt(p) < 0 {`, patches, ""},
	{"a cut search has looked everywhere", "steps/look/search.go", `return s.Looked < s.There`, `return s.Looked < 0`,
		patches, ""},
	{"two patches share a place", "steps/look/lostpatches.go", `if id == "" || slices.ContainsFunc(files,`,
		`if id == "" || false && slices.ContainsFunc(files,`, patches, ""},
	{"what was copied is forgotten", "steps/look/noteid.go", `f.Past = f.Copies()`, `f.Past = nil`, patches, ""},
}
