package main

var (
	rightsJudged = "TestJudgesOwnersAndRights|TestTheOwnAccount|TestGrantsNothingToOthers"
	ownFolders   = "TestRefusesFoldersOfOthers|TestRefusesFilesOfOthers|TestHoldsPrivateFolders|TestKeepsPrivateFiles|TestAHeldFolder"
	ownLooks     = "TestOwnLook"
	writes       = "TestWritesNewFilesOnly|TestWritesThroughNoLink|TestRenaming|TestRenames|TestRemoves"
)

const (
	rightsFile  = "steps/disk/rights.go"
	privateFile = "steps/disk/private.go"
	heldFile    = "steps/disk/private_unix.go"
	ownLookFile = "steps/disk/ownlook.go"
	changeFile  = "steps/disk/change_unix.go"
)

// diskRows break what is taken for marsfix's own, and what is looked at or changed.
var diskRows = []mutation{
	{"the owner is not checked", rightsFile, `s != sidSystem && s != sidAdministrators &&`, `false &&`,
		rightsJudged, ""},
	{"everyone may write", rightsFile, `case e.sid == sidSystem,`, `case e.sid == sidEveryone, e.sid == sidSystem,`,
		rightsJudged, ""},
	{"no list of rights is a good one", rightsFile, `if r.open {`, `if false {`, rightsJudged, ""},
	{"the list of rights is not checked", rightsFile, `err := e.flaw(also); err != nil`,
		`err := e.flaw(also); false && err != nil`, rightsJudged, ""},
	{"everyone may change the rights", rightsFile, `0x40000 | // WRITE_DAC`, `0 | // WRITE_DAC`, rightsJudged, ""},
	{"everyone may take the file over", rightsFile, `0x80000 | // WRITE_OWNER`, `0 | // WRITE_OWNER`, rightsJudged, ""},
	{"everyone may do all", rightsFile, `0x10000000 // GENERIC_ALL`, `0 // GENERIC_ALL`, rightsJudged, ""},
	{"everyone may delete what is inside", rightsFile, `0x40 | // FILE_DELETE_CHILD`, `0 | // FILE_DELETE_CHILD`,
		rightsJudged, ""},
	{"whoever made it may write to it", rightsFile, `e.sid == sidCreatorOwner && e.flags&entryInheritOnly != 0:`,
		`e.sid == sidCreatorOwner:`, rightsJudged, ""},
	{"an unknown entry says nothing", rightsFile,
		`return &NotPrivateError{Flaw: OpenToOthers, Who: "an entry of unknown type"}`, `return nil`, rightsJudged, ""},
	{"what is allowed under a condition is not", rightsFile, `case entryAllows, entryAllowsMaybe:`,
		"case entryAllowsMaybe:\n\t\treturn nil\n\tcase entryAllows:", rightsJudged, ""},
	{"folders are made for everyone", rightsFile, `(A;OICI;FA;;;BA)"`, `(A;OICI;FA;;;BA)(A;OICI;FA;;;WD)"`,
		rightsJudged, ""},
	{"files are made for everyone", rightsFile, `(A;;FA;;;BA)"`, `(A;;FA;;;BA)(A;;FA;;;WD)"`, rightsJudged, ""},

	{"a folder that exists is not checked", privateFile, `err = checkPrivate(dir.f); err != nil`,
		`err = nil; err != nil`, ownFolders, ""},
	{"a file that exists is not checked", privateFile, `err = checkPrivate(f); err != nil`, `err = nil; err != nil`,
		ownFolders, ""},
	{"a name may lead out of the folder", privateFile, `if !plainName(name) {`, `if false {`, ownFolders, ""},
	{"a link is taken for the folder", heldFile, `unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW`,
		`unix.O_RDONLY|unix.O_DIRECTORY`, ownFolders, ""},
	{"a link is taken for a file", heldFile, `readFlags|unix.O_NOFOLLOW`, `readFlags`, ownFolders, ""},
	{"a journal is written through a link", heldFile, `unix.O_CREAT|unix.O_NOFOLLOW|`, `unix.O_CREAT|`, ownFolders, ""},
	{"another folder is removed", heldFile, `err != nil || info.ID != same {`, `err != nil || info.ID != info.ID {`,
		ownFolders, ""},
	{"another file is renamed or removed", "steps/disk/info.go", `case same == ID{} || info.ID != same:`,
		`case same == ID{}:`, writes, ""},
	{"a rename replaces", "steps/disk/rename_linux.go", `unix.RENAME_NOREPLACE`, `0`, writes, ""},
	{"what was renamed is not looked at", changeFile, `err != nil || now.ID != same {`,
		`err != nil || now.ID != now.ID {`, writes, ""},

	{"a share is looked at", ownLookFile, `return ErrNotOwn`, `return nil`, ownLooks, ""},
	{"a link on the way is passed", ownLookFile, `err == nil && in.Link {`, `err == nil && in.Link && false {`,
		ownLooks, ""},
	{"a letter that only Unicode folds is the same", "steps/disk/paths.go",
		`(up < unicode.MaxASCII) == (r < unicode.MaxASCII)`, `up == up`, "TestSamePaths", ""},
	{"a folder that was passed stands for another", ownLookFile, `key := folded(dir)`, `key := strings.ToLower(dir)`,
		ownLooks, ""},
	{"no list of drives allows all", ownLookFile, "if l.err != nil {\n\t\treturn l.err",
		"if l.err != nil {\n\t\treturn nil", ownLooks, ""},
}
