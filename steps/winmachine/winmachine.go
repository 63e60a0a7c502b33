// Package winmachine is the computer itself: Windows Installer's registrations, processes, services, signatures,
// elevation and the clipboard of the Windows that marsfix runs on.
//
// It only answers and does what it is asked; what that means for the article is decided in steps. What the article
// leaves to the engineer it must never do: end a process, change a registration, an owner or a permission. DLLs come
// from System32 alone. On other systems New only says so.
//
// Errors are one lower-case fact with the call's subject and its cause; causes answer errors.Is for the system's own
// codes.
package winmachine

// Name and title by which an upgrade wizard is known.
const (
	// of the installer's file name, which people rename to "MARSAgentInstaller (1).exe"
	installerPrefix = "marsagentinstaller"
	wizardTitle     = "Microsoft Azure Recovery Services Agent Upgrade Wizard"
	packageBeside   = `Installers\OBSAGENT.msi` // what an extraction folder holds
)
