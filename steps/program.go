package steps

import (
	"context"
	"errors"
	"fmt"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/pe"
	"marsfix/steps/screen"
)

// inspectProgram looks at an installer without starting it.
func inspectProgram(ctx context.Context, l computer.Looker, p string) Program {
	pr := Program{Path: p}
	file, err := l.Disk().Open(p, disk.ShareRead)
	if err != nil {
		pr.Trouble = programProblem(p, err)
		return pr
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	if pr.Info, err = file.Info(); err != nil {
		pr.Trouble = programProblem(p, err)
		return pr
	}
	if _, err := pe.Read(file, pr.Info.Size); err != nil {
		pr.Trouble = &screen.Problem{Code: "not-a-program", Message: fmt.Sprintf("\"%s\" is not a Windows program: %v", p, err),
			Hint: "name the update installer: marsfix --installer " + `C:\path\MARSAgentInstaller.exe`}
		return pr
	}
	if pr.SHA256, err = disk.Hash(ctx, file, pr.Info.Size, disk.Unreported); err != nil {
		pr.Trouble = programProblem(p, err)
		return pr
	}
	if pr.Version, err = l.FileVersion(ctx, file); err != nil {
		pr.Unversioned = err.Error() // it decides nothing about starting
	}
	pr.Signature = computer.CheckSignature(ctx, l, file)
	if pr.Signature.Refused() {
		pr.Trouble = &screen.Problem{Code: "installer-refused",
			Message: fmt.Sprintf("\"%s\" is not started: %s", p, pr.Signature.Words()),
			Hint:    "download it again at https://aka.ms/azurebackup_agent, then press r"}
	}
	return pr
}

func programProblem(path string, err error) *screen.Problem {
	p := &screen.Problem{Code: "installer-unreadable",
		Message: fmt.Sprintf("cannot read the installer \"%s\": %v", path, disk.Cause(err)),
		Hint:    "name the update installer: marsfix --installer " + `C:\path\MARSAgentInstaller.exe`}
	if errors.Is(err, disk.ErrShared) {
		p.Message = fmt.Sprintf("cannot read the installer \"%s\": another program is writing to it", path)
		p.Hint = "wait until the download has ended, then press r"
	}
	return p
}

// programRisk spells out what it means to start an installer that Microsoft has not signed.
func programRisk(p Program) *screen.Problem {
	if !p.Signature.Refused() && !p.Signature.Doubtful() {
		return nil
	}
	return &screen.Problem{Code: "installer-signature",
		Message: fmt.Sprintf("%s is %s: starting it runs it with all rights", disk.Base(p.Path), p.Signature.Words()),
		Hint:    "if you did not get it from Microsoft yourself, answer n and get it at https://aka.ms/azurebackup_agent"}
}

func programRows(p Program) []screen.Row {
	if p.Trouble != nil {
		return []screen.Row{{Label: "installer", Value: p.Path}}
	}
	return []screen.Row{
		{Label: "installer", Value: p.Path},
		{Label: "version", Value: screen.Or(p.Version, screen.Or(p.Unversioned, "none in the file"))},
		{Label: "signer", Value: p.Signature.Words(), Tone: p.Signature.Tone()},
		{Label: "size", Value: screen.Size(p.Info.Size)},
		{Label: "written", Value: screen.Date(p.Info.Written)},
	}
}
