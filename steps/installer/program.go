// Package installer checks, stages and starts an update installer. It must never start one from where others can write,
// unless the engineer has typed his consent.
package installer

import (
	"context"
	"errors"
	"fmt"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/pe"
	"marsfix/steps/screen"
)

// Inspect looks at an installer without starting it.
func Inspect(ctx context.Context, l computer.Looker, p string) Program {
	pr := Program{Path: p}
	file, info, err := disk.WithInfo(l.Disk().Open(p, disk.ShareRead))
	if err != nil {
		pr.Trouble = ProgramProblem(p, err)
		return pr
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	pr.Info = info
	if _, err := pe.Read(file, pr.Info.Size); err != nil {
		pr.Trouble = &screen.Problem{Code: screen.CodeNotProgram,
			Message: fmt.Sprintf("\"%s\" is not a Windows program: %v", p, err),
			Cure:    "name the update installer: marsfix --installer " + `C:\path\MARSAgentInstaller.exe`}
		return pr
	}
	if pr.SHA256, err = disk.Hash(ctx, file, pr.Info.Size, disk.Unreported); err != nil {
		pr.Trouble = ProgramProblem(p, err)
		return pr
	}
	if pr.Version, err = l.FileVersion(ctx, file); err != nil {
		pr.Unversioned = err.Error() // a version is not needed to start it
	}
	pr.Signature = computer.CheckSignature(ctx, l, file)
	if pr.Signature.Refused() {
		pr.Trouble = &screen.Problem{Code: screen.CodeInstallerRefused,
			Message: fmt.Sprintf("\"%s\" is not started: %s", p, pr.Signature.Words()),
			Cure:    "download it again at https://aka.ms/azurebackup_agent", Then: screen.LookAgain}
	}
	return pr
}

// ProgramProblem is the problem of an installer that could not be opened or read.
func ProgramProblem(path string, err error) *screen.Problem {
	p := &screen.Problem{Code: screen.CodeInstallerUnreadable,
		Message: fmt.Sprintf("cannot read the installer \"%s\": %v", path, disk.Cause(err)),
		Cure:    "name the update installer: marsfix --installer " + `C:\path\MARSAgentInstaller.exe`}
	switch {
	case errors.Is(err, disk.ErrShared):
		p.Message = fmt.Sprintf("cannot read the installer \"%s\": another program is writing to it", path)
		p.Cure, p.Then = "wait until the download has ended", screen.LookAgain
	case errors.Is(err, disk.ErrNoDrive):
		p.Cure = computer.NoDrive(path, `marsfix --installer \\server\share\MARSAgentInstaller.exe`)
	case computer.Denied(p, path, err):
		p.Code = screen.CodeInstallerUnreadable
	}
	return p
}

// Risk spells out what it means to start an installer that Microsoft has not signed.
func Risk(p Program) *screen.Problem {
	if !p.Signature.Refused() && !p.Signature.Doubtful() {
		return nil
	}
	return &screen.Problem{Code: screen.CodeInstallerSignature,
		Message: fmt.Sprintf("%s is %s: once started, it runs with all rights", disk.Base(p.Path), p.Signature.Words()),
		Cure:    "if you did not get it from Microsoft yourself, answer n and get it at https://aka.ms/azurebackup_agent"}
}

// Program is an update installer.
type Program struct {
	Path        string
	Info        disk.Info
	SHA256      string // the program that is started must still have it
	Version     string
	Unversioned string // why its version could not be read
	Signature   computer.Signature
	Trouble     *screen.Problem // why it cannot be started
}
