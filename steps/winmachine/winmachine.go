// Package winmachine is the computer itself: Windows Installer's registrations, processes, services, signatures, elevation and
// the clipboard of the Windows that marsfix runs on.
//
// It only tells and does what it is asked; what that means for the article is decided in steps. Everything that the article
// leaves to the engineer stays his: no process is ended here, no registration, owner or permission is changed. DLLs come from
// System32 alone. On other systems New answers errNotWindows.
//
// Errors are one lower-case fact with the call's subject and its cause; causes answer errors.Is for the system's own codes and
// for the errors below.
package winmachine

import "errors"

var (
	// errNotWindows is New's answer on another system.
	errNotWindows = errors.New("this computer does not run Windows")
	// errWrongBits is New's answer to a 32-bit marsfix on 64-bit Windows: it would be shown another registry and another
	// System32 than Windows Installer uses.
	errWrongBits = errors.New("this is the 32-bit marsfix on a 64-bit Windows: use the 64-bit one")
	// errElevationNeeded means that a program asks for an administrator's rights that marsfix does not have
	// (ERROR_ELEVATION_REQUIRED).
	errElevationNeeded = errors.New("it needs administrator rights, and marsfix is running without them")
	// errDeclined means that the engineer answered no to Windows' question for an administrator's rights (ERROR_CANCELLED).
	errDeclined = errors.New("the question for an administrator's rights was answered with no")
)

// Name and title by which an upgrade wizard is known.
const (
	installerPrefix = "marsagentinstaller" // of the installer's file name, which people rename to "MARSAgentInstaller (1).exe"
	wizardTitle     = "Microsoft Azure Recovery Services Agent Upgrade Wizard"
	packageBeside   = `Installers\OBSAGENT.msi` // what an extraction folder holds
)
