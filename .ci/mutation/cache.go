package main

var (
	copyChanges = "TestTheSource|TestTheTarget|TestTheCopyIsChanged"
	copyFaults  = "TestEveryFaultOfTheCopy|TestTheTarget|TestTheSource"
	copyGates   = "TestGateOf"
	decidedOn   = "TestWhatTheCopyWasDecidedOn"
	heldOpen    = "TestWhatIsCheckedIsHeldOpen|TestAnInstallerIsHeld"
	leftovers   = "TestIsLeftover|TestOnlyFilesAreLeftovers"
	stops       = "TestWhatCouldNotBeLookedAtStopsEveryAct"
)

const copyFile = "steps/cache/copy.go"

// cacheRows break the copy into the cache and the removal of what copies have left behind.
var cacheRows = []mutation{
	{"the source may be another file", copyFile, `in.ID != o.ID || in.Size != o.Size`, `in.Size != o.Size`,
		copyChanges, ""},
	{"what was read is not compared", copyFile, "case sum != c.SHA256:", `case sum == "":`, copyChanges, ""},
	{"the hash of the copy is not compared", copyFile, `case sum != c.SHA256 || in.Size != c.Size:`, `case sum == "":`,
		copyChanges, ""},
	{"the copy is not proven", copyFile, "if p == nil {\n\t\tp = c.prove",
		"if p == nil && o.To == \"\" {\n\t\tp = c.prove", copyChanges, ""},
	{"the package code of the copy is not compared", copyFile, `EqualFold(code, c.Code)`,
		`EqualFold(c.Code, c.Code)`, copyChanges,
		"the bytes are those that were looked at: another code is a second lock on the same door"},
	{"a doubtful copy passes", copyFile, `sig.Refused() || sig.Doubtful() && !c.AnySigner`, `sig.Refused()`,
		copyGates, ""},
	{"a refused copy passes", copyFile, `sig.Refused() || sig.Doubtful() && !c.AnySigner`,
		`sig.Doubtful() && !c.AnySigner`, copyGates, ""},
	{"others may write to the copy while it is proven", copyFile, `Open(c.temp, disk.ShareRead)`,
		`Open(c.temp, disk.ShareAll)`, heldOpen, ""},
	{"what stands under the name is replaced", copyFile, `err := c.m.Writer().Rename(c.temp, c.To, c.id)`,
		"if in, err := c.m.Disk().Stat(c.To); err == nil {\n\t\t_ = c.m.Writer().Remove(c.To, in.ID)\n\t}\n\terr := c.m.Writer().Rename(c.temp, c.To, c.id)", copyChanges, ""},
	{"the temporary file stays", copyFile, `if p != nil && c.id != (disk.ID{}) {`, `if p != nil && c.id == (disk.ID{}) {`,
		copyFaults, ""},
	{"another code than was decided on is copied", "steps/look/copypackage.go",
		`strings.EqualFold(r.code, was.code) && r.state == was.state`, `r.state == was.state`, decidedOn, ""},
	{"a patch in another state is copied", "steps/look/copypackage.go",
		`strings.EqualFold(r.code, was.code) && r.state == was.state`, `strings.EqualFold(r.code, was.code)`, decidedOn, ""},
	{"a code that cannot be read is another one", "steps/look/copypackage.go", `r.code == "" && was.code != ""`, `false`,
		decidedOn, ""},
	{"a link is a leftover", "steps/cache/sweep.go", `&& !in.Dir && !in.Link`, `&& !in.Dir`, leftovers, ""},
	{"a folder is a leftover", "steps/cache/sweep.go", `&& !in.Dir && !in.Link`, `&& !in.Link`, leftovers, ""},
	{"other names are leftovers", "steps/cache/sweep.go", `named && disk.IsRandomName(id)`, `named && id != ""`,
		leftovers, ""},
	{"which leftovers are removed is not journaled", "steps/walk/record.go", `r.Text = strings.Join(left, ", ")`,
		`_ = left`, "TestALeftoverIsRemoved", ""},
	{"leftovers are removed while Windows Installer works", "steps/sweep.go", `if !ok {`,
		`if _ = ok; false {`, stops, ""},
	{"who may write to the cache folder is not told", "steps/cache/folder.go", `not.Flaw == disk.OpenToOthers`, `false`,
		"TestACacheFolderThatOthers", ""},
	{"the junction is judged and not what is behind it", "steps/disk/private.go",
		`l.at.locate(path + l.at.separator() + "x")`, `l.at.locate(path)`, "TestACacheFolderThatOthers", ""},
	{"a junction to everybody's folder is followed", "steps/cache/link.go", `d.Guarded(disk.Dir(path)); look != nil {`,
		`d.Guarded(disk.Dir(path)); look != nil && false {`, "TestAJunctionToAFolder", ""},
	{"a junction of somebody else's is followed", "steps/cache/link.go", `look != nil || o.Trust != disk.Trusted {`,
		`look != nil || o.Trust != o.Trust {`, "TestAJunctionOfSomebodyElse", ""},
}
