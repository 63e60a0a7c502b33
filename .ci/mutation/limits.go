package main

// limitRows break what anybody can plant: files that claim to be huge, packages that can be read in two ways, paths
// that leave the computer, markup.
var limitRows = []mutation{
	{"a package of any size is opened", "steps/msi/header.go", `if size > maxSize {`, `if false {`,
		"TestLargeFilesAreNotRead", ""},
	{"a program of any size is hashed", "steps/disk/copyhashed.go", `if n > maxHashed {`, `if false {`,
		"TestHashReadsNothing", ""},
	{"installers by the hundred are read", "steps/look/startinstaller.go", `infos[:min(len(infos), mostLookedAt)]`,
		`infos`, "TestInstallersByTheHundred", ""},
	{"two streams of one name are one", "steps/msi/directory.go", `case names[e.key]:`, `case false:`,
		"TestRefusesTwoPackageCodes|TestRefusesWhatReaders", ""},
	{"a package on a share is opened", "steps/cache/package.go", `err := disk.OnOwnDrive(l.Disk(), path)`,
		`err := error(nil)`, "TestNoPackageElsewhere", ""},
	{"a share in a user's Downloads is looked into", "steps/look/startinstaller.go", `err != nil || !in.Dir {`,
		`err == nil && !in.Dir && false {`, "TestLooksDoNotTravel", ""},
	{"an installer behind a link is looked at", "steps/look/startinstaller.go", `!in.Dir && !in.Link {`, `!in.Dir {`,
		"TestNoInstallerBehindALink", ""},
	{"a disk that fails speaks against a package", "steps/cache/file.go", "case isDisks(err):\n\t\treturn \"\", err",
		"case false:", "TestADiskThatFails", ""},
	{"a text is markup on a report's page", "steps/report/page/page.go", `escaper.Replace(text)`, `text`,
		"TestEveryTextOfAReport", ""},
}
