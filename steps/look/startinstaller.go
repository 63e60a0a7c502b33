package look

import (
	"cmp"
	"context"
	"path"
	"sort"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/installer"
)

const (
	installerPattern = "marsagentinstaller*.exe"
	mostInstallers   = 8  // offered for choosing, newest first
	mostLookedAt     = 16 // files opened: whoever fills the folder must not keep marsfix reading
)

// StartInstaller looks for a wizard that runs already, and for installers to start (step 6).
func StartInstaller(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f.InPlace = InPlace{} // asked anew after each look
	f = Started(ctx, l, f, e)
	if f.Start.PID != 0 {
		return f
	}
	switch {
	case f.Choices.Browse != "":
		f = browse(l.Disk(), f, ".exe")
	default:
		f.Installers = findInstallers(ctx, l, f)
	}
	return f
}

// Started asks which wizard runs, and takes it for the started one unless the engineer wants another installer.
func Started(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	if f.Choices.Another {
		return Wizards(ctx, l, f, e)
	}
	return acceptStarted(lookWizardsKept(ctx, l, f, e))
}

// acceptStarted takes a wizard of this repair that runs already for the started one, and forgets a start whose wizard
// has gone.
func acceptStarted(f Facts) Facts {
	switch {
	case f.Start.PID != 0 && len(f.Ours()) == 0 && f.WizardsUnseen == nil:
		f.Start = Start{}
	case f.Start.PID == 0 && len(f.Ours()) > 0 && !f.Choices.WizardLeft:
		p := f.Ours()[0]
		f.Start = Start{PID: p.PID, At: p.Started, Program: p.Image, LogSize: -1, Found: true}
	}
	return f
}

// findInstallers looks where people keep downloads, newest first, the same content once.
func findInstallers(ctx context.Context, l computer.Looker, f Facts) []installer.Program {
	if p := cmp.Or(f.Choices.Installer, f.Given.Installer); p != "" {
		return []installer.Program{installer.Inspect(ctx, l, p)}
	}
	var infos []disk.Info
	for _, dir := range f.About.InstallerSpots {
		if in, err := disk.StatOwn(l.Disk(), dir); err != nil || !in.Dir {
			continue // a user can move his Downloads to a share, or behind a link: these are looked at by hand only
		}
		entries, err := l.Disk().List(dir)
		if err != nil {
			continue // a folder that cannot be listed offers nothing; browsing to it shows why
		}
		for _, in := range entries {
			if ok, _ := path.Match(installerPattern, strings.ToLower(disk.Base(in.Path))); ok && !in.Dir && !in.Link {
				infos = append(infos, in)
			}
		}
	}
	sort.SliceStable(infos, func(i, j int) bool { return infos[i].Written.After(infos[j].Written) })
	var ps []installer.Program
	seen := map[string]bool{}
	for _, in := range infos[:min(len(infos), mostLookedAt)] {
		if len(ps) == mostInstallers {
			break
		}
		pr := installer.Inspect(ctx, l, in.Path)
		if seen[pr.SHA256] {
			continue
		}
		seen[pr.SHA256] = pr.SHA256 != ""
		ps = append(ps, pr)
	}
	return ps
}

// ChosenInstaller is the installer that was chosen, or the first that was found; nil without one.
func ChosenInstaller(f Facts) *installer.Program {
	for i := range f.Installers {
		if disk.SamePath(f.Installers[i].Path, f.Choices.Installer) || len(f.Installers) == 1 {
			return &f.Installers[i]
		}
	}
	return nil
}
