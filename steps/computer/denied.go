package computer

import (
	"errors"
	"fmt"
	"io/fs"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// Denied tells a problem what to do where err says that access was denied, by rights or by a policy; false where it
// says something else. Who runs as administrator already is told something else: see Settled.
func Denied(p *screen.Problem, path string, err error) bool {
	switch {
	case errors.Is(err, disk.ErrPolicy):
		p.Code, p.Then = screen.CodeBlocked, screen.Nothing
		p.Cure = `have whoever manages AppLocker or software restriction here allow it; what was blocked: wevtutil qe "Microsoft-Windows-AppLocker/EXE and DLL" /c:5 /rd:true /f:text`
	case errors.Is(err, disk.ErrIntegrity):
		p.Code, p.Then = screen.CodeBlocked, screen.Nothing
		p.Cure = "have whoever manages App Control (WDAC) here allow it; what was blocked: wevtutil qe Microsoft-Windows-CodeIntegrity/Operational /c:5 /rd:true /f:text"
	case errors.Is(err, fs.ErrPermission):
		p.Code, p.Cure, p.Then = screen.CodeNeedsElevation, elevated, screen.Nothing
		p.Refused = fmt.Sprintf(`a virus scanner holds it or somebody has changed its rights; see who has any: icacls "%s"`, path)
	default:
		return false
	}
	return true
}

// NoDrive is what to do about a path on a drive that marsfix does not see: the console that the engineer knows may.
// command names the same file by its share.
func NoDrive(path, command string) string {
	return fmt.Sprintf("if %s is a mapped drive, an elevated program does not see it: net use in an ordinary console shows its share; name that: %s", path[:min(len(path), len("Z:"))], command)
}

// Settled is a problem as it stands on this computer: where marsfix runs as administrator already, another start as one
// would change nothing.
func (a About) Settled(p screen.Problem) screen.Problem {
	if a.Elevated && p.Refused != "" {
		p.Cure, p.Then = p.Refused, screen.LookFirst
		if p.Code == screen.CodeNeedsElevation {
			p.Code = screen.CodeDenied
		}
	}
	p.Refused = ""
	return p
}

// SettledAt is Settled for a problem that there may be.
func (a About) SettledAt(p *screen.Problem) *screen.Problem {
	if p == nil {
		return nil
	}
	s := a.Settled(*p)
	return &s
}
