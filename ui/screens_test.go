package ui

import (
	"strings"
	"time"

	"marsfix/steps/screen"
)

// screens are one of every kind of screen that a step can show, made by hand, by the name of their golden files.
func screens() map[string]screen.Screen {
	return map[string]screen.Screen{
		"confirm": confirmScreen(), "choose": chooseScreen(), "type": typeScreen(), "excerpt": excerptScreen(),
		"failed": failedScreen(), "needsyou": needsYouScreen(), "witnesses": witnessScreen(),
		"looking": lookingScreen(),
		"acting":  actingScreen(), "done": doneScreen(), "crowded": crowdedScreen(),
	}
}

// onStep is what all screens of a step share.
func onStep(n int, title, article string, state screen.State, actions ...screen.Action) screen.Screen {
	sc := screen.Screen{Computer: "SRV-042", Label: "practice", Elevated: true, Step: n, Round: 1, Title: title,
		Article: article, State: state,
		Actions: append(actions, screen.Action{Key: "?", Verb: "help"}, screen.Action{Key: "q", Verb: "quit"}),
		Help:    "What this step is about, in a sentence or two that a help-desk engineer reads once."}
	sc.Finding = "What was found stands here, and what it means."
	for i := range sc.Track {
		sc.List[i] = screen.Entry{Name: "Step by its name"}
		if i < n-1 {
			sc.Track[i], sc.List[i].Came = screen.Done, "7b5ea8"
		}
	}
	sc.Track[n-1] = state
	switch state {
	case screen.Failed:
		sc.Tag = screen.Stop
	case screen.NeedsYou:
		sc.Tag = screen.ToDo
	}
	return sc
}

var back = screen.Action{Key: "esc", Verb: "back"}

const longFolder = `C:\Users\Administrator.CONTOSO\AppData\Local\Temp\2f63d1cdbb7e4a3cd0a6d3c1e5f0a9b8`

func confirmScreen() screen.Screen {
	sc := onStep(10, "Copy OBSAGENT.msi", "Copy OBSAGENT.msi to the Installer folder under the name Unique_ID.msi.",
		screen.Asking,
		screen.Action{Key: "y", Verb: "copy", Commits: true}, screen.Action{Key: "n", Verb: "not now"}, back,
		screen.Action{Key: "r", Verb: "look again"},
		screen.Action{Key: "l", Verb: "log"}, screen.Action{Key: "c", Verb: "copy"})
	sc.UniqueID, sc.TempPath, sc.Fact = "7b5ea8", `C:\1f2e3d4c`, "7b5ea8"
	sc.Log = &screen.LogRef{Path: `C:\Windows\Temp\OBPatch.log`}
	sc.Rows = []screen.Row{
		{Label: "from", Value: `C:\1f2e3d4c\Installers\OBSAGENT.msi`, Note: "9.4 MB", Tone: screen.Good},
		{Label: "to", Value: `C:\Windows\Installer\7b5ea8.msi`, Note: "does not exist yet"},
		{Label: "SHA-256", Value: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
		{},
		{Label: "signer", Value: "Microsoft Corporation", Note: "signed", Tone: screen.Good},
		{Label: "free", Value: "31.2 GB on the Windows drive", Extra: true},
	}
	sc.Question = &screen.Question{Kind: screen.Confirm, Prompt: "Copy it as 7b5ea8.msi?", Verb: "copy",
		Yes: "copies and verifies; nothing is overwritten; marsfix undo takes it back",
		No:  "changes nothing and stays here"}
	return sc
}

func chooseScreen() screen.Screen {
	sc := onStep(6, "Start the update installer",
		"Start the MARS Agent update installer. It opens the wizard. Do NOT press Next or Upgrade: leave it open until step 11 and come back here.",
		screen.Asking, screen.Action{Key: "enter", Verb: "choose", Commits: true}, back,
		screen.Action{Key: "s", Verb: "browse", Commits: true})
	sc.UniqueID = "7b5ea8"
	sc.Question = &screen.Question{Kind: screen.Choose, Prompt: "Several update installers were found. Which one?",
		Verb: "choose"}
	for i := range 12 {
		sc.Question.Options = append(sc.Question.Options, screen.Option{
			Label: `C:\Users\Administrator\Downloads\` + strings.Repeat("x", 4*i+1) + `\MARSAgentInstaller.exe`,
			Note:  "2.0.9262.0, 2024-05-06 07:08"})
	}
	return sc
}

func typeScreen() screen.Screen {
	sc := onStep(9, "Go to the Installers folder",
		"Go to the Installers folder of that temporary folder, where OBSAGENT.msi lies.", screen.Asking,
		screen.Action{Key: "enter", Verb: "use it", Commits: true}, back, screen.Action{Key: "c", Verb: "copy"})
	sc.UniqueID, sc.TempPath, sc.Fact = "7b5ea8", longFolder, "7b5ea8"
	sc.Rows = []screen.Row{{Label: "package", Value: longFolder + `\Installers\OBSAGENT.msi`, Note: "9.4 MB"},
		{Label: "signer", Value: "none", Note: "not signed", Tone: screen.Warn}}
	sc.Problems = []screen.Problem{{Code: "not-signed",
		Message: `"OBSAGENT.msi" is not signed: nobody vouches for what is in it`,
		Cure:    "get the installer at https://aka.ms/azurebackup_agent"}}
	sc.Question = &screen.Question{Kind: screen.Type,
		Prompt: "Use it all the same? It will run with all rights; type 7b5ea8 and press Enter", Verb: "use it",
		Want: "7b5ea8"}
	return sc
}

func excerptScreen() screen.Screen {
	sc := onStep(4, "Locate the line",
		`Locate the line that resembles: Warning: Local cached package 'C:\Windows\Installer\Unique_ID.msi' is missing.`, screen.Done,
		screen.Action{Key: "enter", Verb: "next"}, back, screen.Action{Key: "r", Verb: "look again"},
		screen.Action{Key: "l", Verb: "log"})
	sc.Log = &screen.LogRef{Path: `C:\Windows\Temp\OBPatch.log`, Offset: 4242}
	sc.Rows = []screen.Row{{Label: "line", Value: "1042, session 3, time 09:27:14:308"},
		{Label: "names", Value: `C:\Windows\Installer\7b5ea8.msi`, Note: "is missing"},
		{Label: "also", Value: "312c0.msi", Note: "line 17, session 1", Extra: true}}
	text := `MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\Windows\Installer\7b5ea8.msi' is missing.`
	name := `C:\Windows\Installer\7b5ea8.msi`
	for i := range 9 {
		l := screen.LogLine{Number: 1038 + int64(i),
			Text: "MSI (s) (C0:E4) [09:27:14:308]: SOURCEMGMT: Looking for sourcelist for product {F0C3E5D1-1ADE-321E-8167-68EF0DE699A5}"}
		if i == 4 {
			l.Text, l.Match, l.MarkAt, l.Mark = text, true, strings.Index(text, name), len(name)
		}
		sc.Excerpt = append(sc.Excerpt, l)
	}
	return sc
}

func failedScreen() screen.Screen {
	sc := onStep(2, "Open OBPatch.log", "Open the OBPatch.log file in the Windows folder's Temp.", screen.Failed,
		screen.Action{Key: "r", Verb: "look again"})
	sc.Elevated, sc.Label = false, ""
	sc.Problems = []screen.Problem{
		{Code: "needs-elevation", Message: `cannot read "C:\\Windows\\Temp\\OBPatch.log": access is denied`,
			Cure: `start marsfix again with Run as administrator, or name a copy of the log: marsfix --patch-log "C:\Users\Administrator\Desktop\collected logs\OBPatch.log"`},
		{Code: "log-old", Message: "the log was written 93 days ago"},
	}
	return sc
}

func needsYouScreen() screen.Screen {
	sc := onStep(1, "Close the upgrade wizard", "Exit the Microsoft Azure Recovery Services Agent Upgrade Wizard.",
		screen.NeedsYou,
		screen.Action{Key: "enter", Verb: "close it", Commits: true, Ask: "Close the upgrade wizard now?"},
		screen.Action{Key: "s", Verb: "go on anyway", Commits: true}, screen.Action{Key: "r", Verb: "look again"})
	sc.Problems = []screen.Problem{{Code: "wizard-open", Message: "an upgrade wizard is open",
		Cure: "close it at the desktop on which it stands; marsfix notices"}}
	sc.Rows = []screen.Row{{Label: "wizard", Value: `process 4711  ` + longFolder + `\CBPSetup.exe`,
		Note: `session 2, CONTOSO\jane, since 09:27:14`}}
	return sc
}

func witnessScreen() screen.Screen {
	sc := onStep(5, "Note the Unique_ID", "Note the Unique_ID for future reference.", screen.Done,
		screen.Action{Key: "enter", Verb: "next"}, back,
		screen.Action{Key: "l", Verb: "log"}, screen.Action{Key: "c", Verb: "copy"})
	sc.UniqueID, sc.Fact, sc.Round = "7b5ea8", "7b5ea8", 2
	sc.Log = &screen.LogRef{Path: `C:\Windows\Temp\OBPatch.log`}
	sc.Rows = []screen.Row{{Label: "Unique_ID", Value: "7b5ea8"},
		{Label: "package", Value: `C:\Windows\Installer\7b5ea8.msi`, Note: "does not exist", Tone: screen.Bad},
		{Label: "verdict", Value: `repair-needed: the registered package C:\Windows\Installer\7b5ea8.msi of the agent is gone, and the log says the same of it`}}
	sc.Claim = "Is 7b5ea8.msi missing?"
	sc.Witnesses = []screen.Witness{
		{Who: "log", Says: "line 17 names 312c0: old, the registration has moved on", View: screen.Conflicts},
		{Who: "registration", Says: `LocalPackage of Microsoft Azure Recovery Services Agent is C:\Windows\Installer\7b5ea8.msi`, View: screen.Agrees},
		{Who: "disk", Says: "is not here: only its logs are", View: screen.Silent},
	}
	return sc
}

func lookingScreen() screen.Screen {
	sc := onStep(3, `Search for "Warning: Local cached package"`,
		`Search OBPatch.log for "Warning: Local cached package".`, screen.Looking, back)
	sc.Doing, sc.Since = "searching OBPatch.log", startedAt
	sc.Progress = screen.Progress{Done: 450 << 20, Total: 1 << 30}
	return sc
}

func actingScreen() screen.Screen {
	sc := onStep(7, "Open OBInstaller0Curr.errlog",
		"Open the OBInstaller0Curr.errlog file in the Windows folder's Temp.", screen.Looking, back)
	sc.Doing, sc.Since, sc.Limit, sc.UniqueID = "waiting for the installer to write its log", startedAt,
		20*time.Second, "7b5ea8"
	sc.Question = &screen.Question{Kind: screen.Confirm, Prompt: "Leave marsfix?", Verb: "leave",
		Yes: "leaves; the upgrade wizard stays open", No: "stays here"}
	sc.Actions = []screen.Action{{Key: "y", Verb: "leave"}, {Key: "n", Verb: "stay"}, {Key: "esc", Verb: "stay"}}
	return sc
}

func doneScreen() screen.Screen {
	sc := onStep(8, `Find "Directory Path for SetupLaunchScreen"`,
		`Search for "Directory Path for SetupLaunchScreen" and take the line with the latest time stamp.`, screen.Done,
		screen.Action{Key: "enter", Verb: "next"}, back)
	sc.ReadOnly, sc.UniqueID, sc.TempPath = true, "7b5ea8", longFolder
	return sc
}

// crowdedScreen has more than any window of 80x24 can show.
func crowdedScreen() screen.Screen {
	sc := excerptScreen()
	sc.State, sc.Tag = screen.NeedsYou, screen.Stop
	sc.Problems = failedScreen().Problems
	sc.Witnesses = witnessScreen().Witnesses
	for range 8 {
		sc.Rows = append(sc.Rows, witnessScreen().Rows...)
	}
	sc.Question = &screen.Question{Kind: screen.Confirm, Prompt: "Go on with this one?", Verb: "go on"}
	return sc
}

// startedAt is when work in these screens began; the clock of the tests stands three seconds later.
var startedAt = time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)

func testClock() Clock { return &tourClock{now: startedAt.Add(3 * time.Second)} }
