package diagnose_test

import (
	"slices"
	"strings"
	"testing"

	"marsfix/steps/look"
	"marsfix/steps/offline"
	"marsfix/steps/walk/walktest"
)

// reversed puts the last line first.
func reversed(log string) string {
	lines := slices.Collect(strings.Lines(log))
	slices.Reverse(lines)
	return strings.Join(lines, "")
}

// What a log comes to whose sessions follow one another, with and without a disk.
func TestSessionsAfterOneAnother(t *testing.T) {
	const (
		patchLost = walktest.EnginePre +
			"Couldn't find local patch 'C:\\WINDOWS\\Installer\\145258.msp'. Looking for it at its source.\n"
		nameless = walktest.EnginePre + "Couldn't find local patch ''. Looking for it at its source.\n"
		foreign  = walktest.EnginePre +
			"Warning: Local cached package 'C:\\ProgramData\\Package Cache\\x\\a.msi' is missing.\n"
		removes = walktest.EnginePre + "Doing action: RemoveExistingProducts\nAction start 16:37:08: RemoveExistingProducts.\n"
		goesOn  = "Action ended 16:37:09: RemoveExistingProducts. Return value 1.\n" + walktest.EnginePre +
			"Doing action: InstallFiles\n"
		error1316 = walktest.EnginePre + "Product: A -- Error 1316. A network error occurred while attempting to read " +
			"from the file: C:\\Windows\\Installer\\3f2a91.msi\n"
		note2203 = walktest.EnginePre + "Note: 1: 2203 2: C:\\Windows\\Installer\\3f2a91.msi 3: -2147287038 \n"
		stopped  = "=== Logging stopped: 7/25/2025  16:37:09 ===\n"
	)
	status := func(done, code string) string {
		return walktest.EnginePre + "Windows Installer " + done + " the product. Product Name: A. Product Version: 2.0. " +
			"Product Language: 1033. Manufacturer: C. Success or error status: " + code + ".\n"
	}
	session := func(lines string, code string) string {
		return walktest.Opening + walktest.UsualTalk + lines + walktest.Returned + code + "\n" + walktest.Closing
	}
	named := session(walktest.NamesIt, "1612")
	plain := func(code string) string {
		return walktest.PlainLog("Windows Installer installed the product. Product Name: A. Product Version: 2.0. Product Language: 1033. Manufacturer: C. " +
			"Installation success or error status: " + code + ".")
	}
	patchBack := map[string]string{"Windows/Installer/145258.msp": "(patch)"}
	back := map[string]string{"Windows/Installer/3f2a91.msi": "(package)"}
	for name, tt := range map[string]struct {
		log     string
		disk    map[string]string // beside the log; nil: only the log was collected
		verdict look.Verdict
		problem string // the first
	}{
		"went through":        {session("", "0"), nil, look.Healthy, ""},
		"wants a restart":     {session("", "3010"), nil, look.Healthy, ""},
		"failed otherwise":    {session("", "1618"), nil, look.Healthy, ""},
		"named":               {named, nil, look.RepairNeeded, ""},
		"named, then through": {named + session("", "0"), nil, look.Unclear, "log-superseded"},
		"named, then through without engine": {named + strings.Replace(plain("0"), walktest.ErrorEnd, "", 1), nil,
			look.Unclear, "log-superseded"},
		"named, then failed otherwise": {named + session("", "1642"), nil, look.RepairNeeded, ""},
		"named, then lost unnamed": {named + session(walktest.NoSourceLine, "1603"), nil,
			look.RepairNeeded, ""},
		"through, then named": {session("", "0") + named, nil, look.RepairNeeded, ""},
		"through, then lost unnamed": {session("", "0") + session(walktest.NoSourceLine, "1612"), nil,
			look.Unclear, "source-lost-unnamed"},
		"lost unnamed, then through": {session(walktest.NoSourceLine, "1612") + session("", "0"), nil,
			look.Healthy, ""},
		"lost unnamed, then a part": {session(walktest.NoSourceLine, "1612") + walktest.Opening +
			walktest.UsualTalk, nil, look.Unclear, "log-unfinished"},
		"named and back":               {named, back, look.Healthy, ""},
		"named and back, then through": {named + session("", "0"), back, look.Healthy, ""},
		"named and back, then lost unnamed": {named + session(walktest.NoSourceLine, "1612"), back, look.Unclear,
			"source-lost-unnamed"},
		"named and back, then plain 1714": {named +
			walktest.PlainLog("Error 1714. It cannot be removed. System Error 1612."), back, look.Unclear,
			"source-lost-unnamed"},
		"named and back, the rest broken": {named + walktest.Mailed(session(walktest.NoSourceLine, "1612"), 40,
			"> "), back, look.Unclear, "log-not-understood"},
		"named and gone, then through": {named + session("", "0"), map[string]string{"Windows/Installer/x": ""},
			look.Unclear, "log-superseded"},
		"named and gone, then failed otherwise": {named + session("", "1618"),
			map[string]string{"Windows/Installer/x": ""},
			look.RepairNeeded, ""},
		"named and gone, then through, then failed otherwise": {named + session("", "0") + session("", "1618"),
			map[string]string{"Windows/Installer/x": ""}, look.Unclear, "log-superseded"},
		"another named before, both are back": {strings.ReplaceAll(named, "3f2a91", "aaa1") + named, map[string]string{
			"Windows/Installer/3f2a91.msi": "(package)", "Windows/Installer/AAA1.MSI": "(package)"}, look.Healthy, ""},
		"another named and gone before": {strings.ReplaceAll(named, "3f2a91", "aaa1") + named, back, look.Unclear,
			"log-names-another"},
		"a result that is cut short": {walktest.Opening + walktest.UsualTalk + walktest.Returned + "16", nil,
			look.Unclear, "log-unfinished"},
		"without its beginning, failed": {walktest.UsualTalk + walktest.EnginePre +
			"Product: A -- Installation failed.\n" +
			walktest.ErrorEnd + walktest.Returned + "1603\n", nil, look.Unclear, "log-unfinished"},
		"without its beginning, failed otherwise": {walktest.UsualTalk + walktest.EnginePre +
			"Product: A -- Error 1722. x\n" +
			walktest.Returned + "1603\n", nil, look.Healthy, ""},
		"and by its action": {walktest.UsualTalk + strings.Replace(walktest.ErrorEnd, "INSTALL", "StartServices", 1) +
			walktest.Returned + "1603\n", nil, look.Healthy, ""},
		"and with another code":          {walktest.UsualTalk + walktest.Returned + "1618\n", nil, look.Healthy, ""},
		"without its beginning, through": {walktest.UsualTalk + walktest.Returned + "0\n", nil, look.Healthy, ""},
		"a lost patch":                   {session(patchLost, "1635"), nil, look.Unclear, "patch-missing"},
		"a lost patch without a name":    {session(nameless, "1612"), nil, look.Unclear, "patch-missing"},
		"a lost patch, and through":      {session(patchLost, "0"), nil, look.Unclear, "patch-missing"},
		"a lost patch, then failed otherwise": {session(patchLost, "1635") + session("", "1618"), nil, look.Unclear,
			"patch-missing"},
		"a lost patch, then through": {session(patchLost, "1635") + session("", "0"), nil, look.Healthy, ""},
		"a lost patch that is back": {session(patchLost, "1635"),
			map[string]string{"Windows/Installer/145258.msp": "(patch)"}, look.Healthy, ""},
		"a name that is none": {session(foreign, "1612"), nil, look.Unclear, "suspicious-name"},
		"plain, through": {strings.Replace(plain("0"), walktest.ErrorEnd, "", 1), nil,
			look.Healthy, ""},
		"plain, failed otherwise":      {plain("1603"), nil, look.Healthy, ""},
		"plain, failed without a code": {walktest.PlainLog("CustomAction x failed"), nil, look.Healthy, ""},
		"through, and a word of the loss": {session("", "0") + "Update install failed with error 1612\n", nil,
			look.Unclear, "source-lost-unnamed"},
		"a product removed within, and cut": {walktest.Opening + walktest.UsualTalk + removes +
			"Action ended 16:37:08: INSTALL. Return value 1.\n" + goesOn, nil, look.Unclear, "log-unfinished"},
		"an action failed within, and cut": {walktest.Opening + walktest.UsualTalk + removes + walktest.ErrorEnd,
			nil, look.Unclear, "log-unfinished"},
		"another product's end, and cut": {walktest.Opening + walktest.UsualTalk + removes + status("removed", "0") +
			goesOn, nil, look.Unclear, "log-unfinished"},
		"another product's failure, and cut": {walktest.Opening + walktest.UsualTalk + status("installed", "1603"), nil,
			look.Unclear, "log-unfinished"},
		"an inner engine's result, and cut": {walktest.Opening + walktest.UsualTalk + removes + walktest.Returned +
			"0\n" + goesOn, nil, look.Unclear, "log-unfinished"},
		"an inner engine's failure, and cut": {walktest.Opening + walktest.UsualTalk + removes + walktest.Returned +
			"1605\n" + goesOn, nil, look.Unclear, "log-unfinished"},
		"plain, a product removed within, and cut": {strings.ReplaceAll(plain("0"), stopped, "") +
			"Action ended 16:37:08: RemoveExistingProducts. Return value 1.\n", nil, look.Unclear, "log-unfinished"},
		"plain, and cut": {strings.ReplaceAll(plain("0"), stopped, ""), nil, look.Unclear, "log-unfinished"},
		"named, then an inner engine's result, and cut": {named + walktest.Opening + removes + walktest.Returned +
			"0\n" + goesOn, nil, look.RepairNeeded, ""},
		"and then failed otherwise": {named + walktest.Opening + removes + walktest.Returned + "0\n" + goesOn +
			session("", "1618"), nil, look.RepairNeeded, ""},
		"and one that went through between": {named + session("", "0") + walktest.Opening + removes + walktest.Returned +
			"0\n" + goesOn + session("", "1618"), nil, look.Unclear, "log-superseded"},
		"and more of them than are kept": {named + session("", "0") + strings.Repeat(walktest.Opening+removes+
			walktest.Returned+"0\n"+goesOn, 20) + session("", "1618"), nil, look.Unclear, "log-superseded"},
		"named, then through, then plain and failed": {named + session("", "0") + plain("1603"), nil, look.Unclear,
			"log-superseded"},
		"named and back, and cut": {walktest.Opening + walktest.UsualTalk + walktest.NamesIt, back, look.Healthy, ""},
		"named and back, then a part": {named + walktest.Opening + walktest.UsualTalk, back, look.Unclear,
			"log-unfinished"},
		"a lost patch that is back, and cut": {walktest.Opening + walktest.UsualTalk + patchLost,
			map[string]string{"Windows/Installer/145258.msp": "(patch)"}, look.Unclear, "log-unfinished"},
		"a lost patch that is back, and the product's source": {session(patchLost+walktest.UsualTalk+walktest.NoSourceLine,
			"1612"), patchBack, look.Unclear, "source-lost-unnamed"},
		"and another code": {session(patchLost+walktest.UsualTalk+walktest.NoSourceLine, "1603"), patchBack, look.Unclear,
			"source-lost-unnamed"},
		"a lost patch that is back, and a result for the product": {session(patchLost, "1706"), patchBack, look.Unclear,
			"source-lost-unnamed"},
		"a lost patch that is back, and its source": {session(patchLost+walktest.EnginePre+
			"Resolving Patch source.\n"+walktest.NoSourceLine, "1635"), patchBack, look.Healthy, ""},
		"named and back, then a patch and the product's source": {named + session(patchLost+walktest.NoSourceLine, "1612"),
			map[string]string{"Windows/Installer/3f2a91.msi": "(package)", "Windows/Installer/145258.msp": "(patch)"},
			look.Unclear, "source-lost-unnamed"},
		"a file that cannot be read": {session(error1316, "1603"), nil, look.Unclear, "package-unreadable"},
		"and is there":               {session(error1316, "1603"), back, look.Unclear, "package-unreadable"},
		"and the session is cut": {walktest.Opening + walktest.UsualTalk + error1316, nil, look.Unclear,
			"package-unreadable"},
		"a database that cannot be opened": {session(note2203, "1603"), nil, look.Unclear, "package-unreadable"},
		"and it went through":              {session(note2203, "0"), nil, look.Healthy, ""},
		"and then through":                 {session(note2203, "1603") + session("", "0"), nil, look.Healthy, ""},
		"named and back, then another cannot be read": {named + session(strings.Replace(error1316, "3f2a91", "4f2a91", 1), "1603"), back,
			look.Unclear, "package-unreadable"},
		"named and back, beside another that cannot be read": {session(walktest.NamesIt+strings.Replace(note2203, "3f2a91",
			"4f2a91", 1), "1612"), back, look.Unclear, "package-unreadable"},
		"named, and the same note": {session(note2203+walktest.NamesIt, "1612"), back, look.Healthy, ""},
		"the installer's own note": {session(strings.Replace(note2203, "3f2a91.msi", "inprogressinstallinfo.ipi", 1),
			"1603"), nil, look.Healthy, ""},
		"named, then plain and through, then failed otherwise": {named + strings.Replace(plain("0"), walktest.ErrorEnd, "", 1) +
			plain("1603"), nil, look.Unclear, "log-superseded"},
		"named, then plain and failed twice": {named + plain("1603") + plain("1603"), nil, look.RepairNeeded, ""},
		"named in words that are broken, then failed otherwise": {strings.ReplaceAll(named, "cached p", "ca ched p") +
			session("", "1618"), nil, look.Unclear, "log-not-understood"},
		"and went through itself": {session(strings.ReplaceAll(walktest.NamesIt, "cached p", "ca ched p"), "0"), nil,
			look.Unclear, "log-not-understood"},
		"a lost patch in other words, and through": {session(strings.ReplaceAll(patchLost, "'", "\u2019"), "0"), nil,
			look.Unclear, "log-not-understood"},
		"broken lines, and through": {walktest.Mailed(session(walktest.NoSourceLine, "0"), 35, ""), nil, look.Unclear,
			"log-not-understood"},
		"and in coloured ones, then through": {strings.ReplaceAll(named, "package", "\x1b[31mpackage\x1b[0m") +
			session("", "0"), nil, look.Unclear, "log-not-understood"},
		"the newest line first": {reversed(named), nil, look.RepairNeeded, ""},
		"the newest line first, named, then through": {reversed(named + session("", "0")), nil, look.Unclear,
			"log-not-understood"},
		"the newest line first, through": {reversed(session("", "0")), nil, look.Unclear, "log-not-understood"},
		"the end of a session, and another one begins": {walktest.Closing + session("", "0") + walktest.Opening, nil,
			look.Unclear, "log-unfinished"},
		"a hole in the last session": {walktest.Opening + walktest.UsualTalk + walktest.EnginePre +
			strings.Repeat("\x00", 500) + "olicy value 'x' is 0\n" + walktest.ErrorEnd + walktest.Returned + "1603\n",
			nil, look.Unclear, "log-unfinished"},
		"a byte lost, then through": {string(utf16Log(named, false)[:400]) + string(utf16Log(named, false)[401:]) +
			string(utf16Log(session("", "0"), false)[2:]), nil, look.Unclear, "log-not-understood"},
		"pairs without a mark, then through": {named[:300] + string(utf16Log(named[300:], false)[2:]) +
			string(utf16Log(session("", "0"), false)[2:]), nil, look.Unclear, "log-not-understood"},
		"through, then blanks for zeros": {string(utf16Log(session("", "0"), false)) +
			strings.ReplaceAll(string(utf16Log(named, false)[2:]), "\x00", " "), nil, look.Unclear,
			"log-not-understood"},
		"single bytes, then through in pairs": {session("", "1602") + string(utf16Log(session("", "0"), false)[2:]),
			nil, look.Healthy, ""},
		"empty": {" \n", nil, look.Unclear, "log-empty"},
		"a bare warning": {strings.TrimPrefix(walktest.NamesIt, walktest.EnginePre), nil,
			look.RepairNeeded, ""},
		"the article's sample, with its name": {"Warning: Local cached package 'C:\\Windows\\Installer\\Unique_ID.msi is missing.\n", nil, look.Unclear, "log-not-understood"},
	} {
		t.Run(name, func(t *testing.T) {
			all := map[string]string{"OBPatch.log": tt.log}
			if tt.disk != nil {
				all = map[string]string{"Windows/Temp/OBPatch.log": tt.log}
				for file, text := range tt.disk {
					all[file] = text
				}
			}
			l, err := offline.New(walktest.Files(t, all))
			if err != nil {
				t.Fatal(err)
			}
			d := walktest.Look(t, l)
			first := ""
			if len(d.Problems) > 0 {
				first = string(d.Problems[0].Code)
			}
			if d.Verdict != tt.verdict || first != tt.problem {
				t.Errorf("%s %v: %s", d.Verdict, codes(d), d.Reason)
			}
			fits(t, d)
		})
	}
}
