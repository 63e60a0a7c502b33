package undo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/journal"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

const undoAgain = "wait a minute, then try again: marsfix undo"

// undoComputer asks who the computer is. Undo needs an administrator's rights there.
func undoComputer(ctx context.Context, l computer.Looker) (computer.About, *screen.Problem) {
	a, err := l.About(ctx)
	if err != nil {
		return a, &screen.Problem{Code: screen.CodeNoComputer,
			Message: fmt.Sprintf("cannot ask this computer: %v", err), Cure: undoAgain}
	}
	if !a.Elevated {
		p := computer.NeedsElevation("taking the copy back")
		return a, &p
	}
	return a, nil
}

// notNow says why nothing may be taken back at this moment: Windows Installer works, or a wizard of this repair is
// open, or that could not be asked. Other wizards do not forbid it: the question names them.
func notNow(ctx context.Context, l computer.Looker, now time.Time) (strangers []computer.Process, p *screen.Problem) {
	f := look.Busy(ctx, l, look.Wizards(ctx, l, look.Facts{}, look.Env{Now: now}))
	switch {
	case f.BusyUnseen != nil:
		return nil, &screen.Problem{Code: f.BusyUnseen.Code, Message: f.BusyUnseen.Message, Cure: undoAgain}
	case f.Busy:
		return nil, &screen.Problem{Code: screen.CodeInstallerBusy,
			Message: "Windows Installer is busy with another installation",
			Cure:    "wait until it has finished, then run: marsfix undo"}
	case f.WizardsUnseen != nil:
		return nil, &screen.Problem{Code: f.WizardsUnseen.Code, Message: f.WizardsUnseen.Message, Cure: undoAgain}
	case len(f.Ours()) > 0:
		p := computer.WizardRuns(f.Ours())
		p.Cure = "close its window, then run: marsfix undo"
		return nil, &p
	}
	return f.Strangers(), nil
}

// mayUndo asks again, after the answer, everything that decides whether something may be taken back. Whoever can write
// to the journal must not choose what an administrator deletes, and nobody has agreed to more than the question said.
func mayUndo(ctx context.Context, m computer.Machine, u Undoable, now time.Time) *screen.Problem {
	if _, p := undoComputer(ctx, m); p != nil {
		return p
	}
	strangers, p := notNow(ctx, m, now)
	if p != nil {
		return p
	}
	for _, w := range strangers {
		if !slices.ContainsFunc(u.Wizards, func(asked computer.Process) bool {
			return asked.PID == w.PID && asked.Started.Equal(w.Started)
		}) {
			p := computer.WizardRuns([]computer.Process{w})
			p.Message, p.Cure = p.Message+"; nothing was changed", "look again: marsfix undo"
			return &p
		}
	}
	if p := u.outgrown(computer.ReadRegistration(ctx, m)); p != nil {
		return p
	}
	told, err := computer.OpenOwn(m.Disk(), u.journal, journal.FileName)
	if err != nil {
		return journalRefused(disk.Join(u.journal, journal.FileName), err)
	}
	_ = told.Close() // opened for reading: closing it can lose nothing
	return nil
}

// outgrown is the problem that the registration now says something graver than the question did; nil when it does not.
func (u Undoable) outgrown(r computer.Registration) *screen.Problem {
	if u.gone || u.Named != "" || u.unread {
		return nil
	}
	if pr := r.ProductAt(u.Copy.To); pr != nil {
		return &screen.Problem{Code: screen.CodeRegistrationChanged,
			Message: fmt.Sprintf("%s has been registered with \"%s\" in the meantime; nothing was changed",
				pr.Name, u.Copy.To),
			Cure: "look again: marsfix undo"}
	}
	if p := computer.RegistrationUnread(r, u.Copy.To); p != nil {
		return &screen.Problem{Code: p.Code, Message: p.Message + "; nothing was changed", Cure: undoAgain}
	}
	return nil
}

// lookAside looks at the file that was set aside for a copy; nil when none was, or it is gone.
func lookAside(d disk.Reader, path string) (*disk.Info, *screen.Problem) {
	if path == "" {
		return nil, nil
	}
	in, err := d.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, &screen.Problem{Code: screen.CodePackageUnreadable,
			Message: fmt.Sprintf("cannot look at \"%s\": %v", path, disk.Cause(err)), Cure: undoAgain}
	case in.Dir || in.Link:
		return nil, &screen.Problem{Code: screen.CodeNotOurs,
			Message: fmt.Sprintf("\"%s\" is a folder or a link, not the file that marsfix set aside; nothing was changed", path),
			Cure:    "give it another name, then run: marsfix undo"}
	}
	return &in, nil
}
