package main

var vouching = "TestALogThatIsALink|TestALogThatBecomes|TestTheJournalGoesIn|TestAReportOfAnyLength|TestWhoseItIs"

const (
	bundleJournal = "steps/bundle/journal.go"
	bundleReport  = "steps/bundle/report.go"
	openAnybodys  = `d.Open(disk.Join(dir, journal.FileName), disk.ShareAll)`
	unsanitized   = `func(s string) string { return s }`
)

// bundleRows break what a bundle vouches for, and what it keeps to itself.
var bundleRows = []mutation{
	{"a report of others goes in", bundleReport, `readReport(reports, disk.Base(disk.Dir(file.Path)))`,
		`func() (*report.Report, error) {
			f, err := d.Open(file.Path, disk.ShareAll)
			if err != nil {
				return nil, err
			}
			in, _ := f.Info()
			var r report.Report
			return &r, json.NewDecoder(io.NewSectionReader(f, 0, in.Size)).Decode(&r)
		}()`, "TestABundleVouches", ""},
	{"a report of any length is read", bundleReport, `if info.Size > mostReport {`, `if false {`, vouching, ""},
	{"a journal of others goes in", bundleJournal, "computer.OpenOwn(d, dir, journal.FileName)\n\tswitch",
		openAnybodys + "\n\tswitch", "TestABundleVouches", ""},
	{"a journal that came to others meanwhile goes in", bundleJournal,
		"disk.WithInfo(computer.OpenOwn(d, dir, journal.FileName))", "disk.WithInfo(" + openAnybodys + ")",
		"TestABundleLooksAgain", ""},
	{"a log that is a link is opened", "steps/look/openlog.go", `share := disk.ShareNoLink`,
		`share := disk.ShareAll`, vouching, ""},
	{"the agent's own log is looked for on a share", "steps/bundle/logs.go", `disk.OnOwnDrive(d, s.Image) == nil`,
		`s.Image != ""`, "TestLooksDoNotTravel", ""},
	{"the manifest is not redacted", "steps/bundle/manifest.go", `red.Text(screen.CleanText(lines[i]))`,
		`screen.CleanText(lines[i])`, "TestTheManifestKeeps", ""},
	{"the report is not redacted", bundleReport, `report.Sanitizer(red)`, unsanitized, "TestBundleKeepsSecrets", ""},
	{"the journal is not redacted", bundleJournal, `report.Sanitizer(red)`, unsanitized, vouching, ""},
	{"a line that is no record goes in", bundleJournal, `json.Unmarshal(line, &r) != nil {`,
		"json.Unmarshal(line, &r) != nil {\n\t\t_, _ = w.Write(line)", vouching, ""},
	{"the owner of what is left out is named", bundleJournal,
		`b.users = longestFirst(append(b.users, disk.Base(account)))`, `_ = account`, vouching, ""},
}
