package steps

import (
	"fmt"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/installer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func judgeRunUpgrade(f Facts, now time.Time) finding {
	u := f.Upgrade
	switch {
	case f.Choices.Packing:
		return judgePacking(f)
	case !u.Begun && f.Choices.Browse != "":
		return browsingInstaller(f)
	case f.Trouble != nil && u.Begun:
		fd := failed(*f.Trouble).or(offerZip())
		fd.says, fd.mood = "The upgrade has run, but its result could not be checked.", screen.Bad
		return fd
	case f.Trouble != nil:
		return notStarted(f, computer.ActRun, browse())
	case !u.Begun && f.WizardsUnseen != nil:
		return failed(*f.WizardsUnseen)
	case !u.Begun:
		return askRun(f, now)
	case !u.Ended:
		return judgeRunning(f, now)
	}
	fd := judgeOutcome(f, now)
	if fd.state != screen.Looking {
		return fd.or(offerZip())
	}
	return fd
}

func askRun(f Facts, now time.Time) finding {
	pr := f.Installers[0]
	switch {
	case !f.About.Desktop && f.Upgrade.Noted && len(look.Without(f.Strangers(), f.Upgrade.Left)) > 0:
		return askWhose(f, nil) // the upgrade is waited for here, and this may be it
	case len(f.Wizards) > 0 && !f.Choices.WizardLeft:
		return wizardOpen(f, now)
	case !f.About.Elevated:
		return failed(computer.NeedsElevation("running the upgrade"))
	case !f.About.Desktop:
		return finding{state: screen.NeedsYou, poll: desktopPoll,
			problems: []screen.Problem{computer.NoDesktop("in its window press Next, then Upgrade; marsfix waits here and will notice")}}
	case pr.Trouble != nil:
		return failed(*pr.Trouble).or(browse())
	case f.BusyUnseen != nil:
		return failed(*f.BusyUnseen)
	case f.Busy:
		return finding{state: screen.Looking, poll: busyPoll, says: busySays, mood: screen.Warn,
			doing: "waiting until Windows Installer is idle"}
	}
	fd := finding{state: screen.Asking, other: browse(), declined: "Not started."}
	if p := installer.Risk(pr); p != nil {
		fd.problems = []screen.Problem{*p}
	}
	if p := upgradesNothing(f, pr); p != nil {
		fd.problems = append(fd.problems, *p)
	}
	fd.question = &screen.Question{Kind: screen.Confirm, Verb: "run",
		Prompt: fmt.Sprintf("Run %s now?", disk.Base(pr.Path)),
		Yes:    "starts it: in its window press Next, then Upgrade", No: "starts nothing and stays here"}
	fd.then.act = computer.ActRun
	return fd
}

// upgradesNothing is the note that an installer is not newer than what is installed: step 6 may have started that one
// for the package in it.
func upgradesNothing(f Facts, pr installer.Program) *screen.Problem {
	p := f.Decision.Product
	if p == nil || p.Version == "" || pr.Version == "" ||
		pr.Version != p.Version && !look.OlderVersion(pr.Version, p.Version) {
		return nil
	}
	return &screen.Problem{Code: screen.CodeNotUpgraded, Message: fmt.Sprintf("%s has version %s, and %s is installed: "+
		"it upgrades nothing", disk.Base(pr.Path), pr.Version, p.Version), Offer: "to choose the newer installer"}
}
