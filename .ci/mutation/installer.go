package main

var (
	starts  = "TestTheSignatureOfThePrivateCopy|TestChangedBytes|TestAnotherInstallerIsNotCopied"
	sweeps  = "TestAStartSweeps|TestSweeping"
	inPlace = "TestWithoutAPrivateCopy|TestStartingInPlace|TestWhatWasAgreedTo|TestInPlaceIsOnly"
)

const (
	stageFile  = "steps/installer/stage.go"
	launchFile = "steps/installer/launch.go"
)

// installerRows break the private copy of an installer and its start.
var installerRows = []mutation{
	{"the private copy is not checked", stageFile, `why != "" {`, `why != "" && false {`, starts, ""},
	{"the signature of the private copy is not compared", stageFile, `case !staged.Signature.Same(pr.Signature):`,
		`case false:`, starts, ""},
	{"another file is copied", stageFile, `info.ID != pr.Info.ID || info.Size`, `info.Size`, starts, ""},
	{"a link in a run folder is swept", stageFile, `(files[0].Dir || files[0].Link)`, `files[0].Dir`, sweeps, ""},
	{"what was swept is not journaled", "steps/walk/record.go", `w.journal.Add(now, sweptRecord(wk, sw))`,
		`_ = sweptRecord(wk, sw)`, sweeps, ""},
	{"other names are run folders", stageFile, `ok && disk.IsRandomName(id)`, `ok && id != ""`, sweeps, ""},
	{"without a copy it starts where it lies", launchFile, "if p != nil {\n\t\treturn l, p\n\t}\n\tpr.Path",
		"if p != nil {\n\t\tl.PID, p = pr.startHeld(ctx, m)\n\t\treturn l, p\n\t}\n\tpr.Path", inPlace, ""},
	{"what was laid beside it meanwhile is loaded", launchFile, `what != "" {`, `what != "" && false {`, inPlace, ""},
	{"in place from a share", launchFile, `if disk.OnOwnDrive(d, path) != nil {`, `if false {`, inPlace, ""},
	{"in place from a stick", launchFile, `err == nil && !removable`,
		`err == nil && (removable || !removable)`, inPlace, ""},
	{"others may write to it while it starts", launchFile, `Open(pr.Path, disk.ShareRead)`,
		`Open(pr.Path, disk.ShareAll)`, heldOpen, ""},
	{"others may write to it while it is looked at", "steps/installer/program.go", `Open(p, disk.ShareRead)`,
		`Open(p, disk.ShareAll)`, heldOpen, ""},
	{"others may write to it while it is copied", stageFile, `Open(pr.Path, disk.ShareRead)`,
		`Open(pr.Path, disk.ShareAll)`, heldOpen, ""},
	{"what is started is not hashed", launchFile, `same = sum == pr.SHA256`, `same = sum != ""`, starts, ""},
	{"a refused installer is started", "steps/installer/program.go", `if pr.Signature.Refused() {`, `if false {`,
		"TestGateOfTheInstaller", ""},
}
