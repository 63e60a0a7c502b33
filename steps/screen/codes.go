package screen

// Code names a problem. Codes never change: other programs depend on them.
type Code string

// The codes of all problems. README and diagnose.schema.json list the same ones.
const (
	// This computer and its Windows Installer.
	CodeNeedsElevation      Code = "needs-elevation"
	CodeDenied              Code = "access-denied"     // although marsfix runs as administrator
	CodeBlocked             Code = "blocked-by-policy" // AppLocker, software restriction, App Control
	CodeElevationFailed     Code = "elevation-failed"
	CodeNoComputer          Code = "computer-unreadable"
	CodeProcessesUnreadable Code = "processes-unreadable"
	CodeBusyUnreadable      Code = "busy-unreadable"
	CodeServicesUnreadable  Code = "services-unreadable"
	CodeServiceStopped      Code = "service-stopped"
	CodeServiceNotInstalled Code = "service-not-installed"
	CodeWizardRunning       Code = "wizard-running"
	CodeNoHand              Code = "no-hand"
	CodeCloseFailed         Code = "close-failed"

	// The logs.
	CodeLogMissing     Code = "log-missing"
	CodeLogEmpty       Code = "log-empty"
	CodeLogIsFolder    Code = "log-is-folder"
	CodeLogLocked      Code = "log-locked"
	CodeLogUnreadable  Code = "log-unreadable"
	CodeLogTooLarge    Code = "log-too-large"
	CodeLogOwner       Code = "log-owner"
	CodeNotUnderstood  Code = "log-not-understood"
	CodeSourceLost     Code = "source-lost-unnamed"
	CodeSuperseded     Code = "log-superseded"
	CodeAnotherLost    Code = "log-names-another"
	CodeLogsDisagree   Code = "logs-disagree"
	CodeUnfinished     Code = "log-unfinished"
	CodeLineCut        Code = "line-cut"
	CodeSuspiciousName Code = "suspicious-name"
	CodeSuspiciousDir  Code = "suspicious-folder"
	CodeErrlogSilent   Code = "errlog-silent"
	CodeNothingFound   Code = "nothing-found"

	// The registration.
	CodeUnread              Code = "registration-unreadable"
	CodeCorrupt             Code = "registration-corrupt"
	CodeSuspiciousReg       Code = "suspicious-registration"
	CodeRegistrationChanged Code = "registration-changed"
	CodeNotRegistered       Code = "agent-not-registered"
	CodeOtherProduct        Code = "other-product"

	// The cache and its packages.
	CodeCacheOwner         Code = "cache-owner"
	CodeCacheOpen          Code = "cache-open"
	CodePatchMissing       Code = "patch-missing"
	CodePatchNotFound      Code = "patch-not-found"
	CodePackageMissing     Code = "package-missing"
	CodePackageMoved       Code = "package-moved"
	CodePackageLocked      Code = "package-locked"
	CodePackageUnreadable  Code = "package-unreadable"
	CodePackageSignature   Code = "package-signature"
	CodePackageCodeUnknown Code = "package-code-unknown"
	CodeNotPackage         Code = "not-a-package"
	CodeWrongPackage       Code = "wrong-package"
	CodeSignatureRefused   Code = "signature-refused"
	CodeLinkInPath         Code = "link-in-path"

	// The installer and its folder.
	CodeNoInstaller         Code = "no-installer"
	CodeNoDesktop           Code = "no-desktop"
	CodeNotProgram          Code = "not-a-program"
	CodeInstallerUnreadable Code = "installer-unreadable"
	CodeInstallerRefused    Code = "installer-refused"
	CodeInstallerSignature  Code = "installer-signature"
	CodeInstallerInPlace    Code = "installer-in-place"
	CodeInstallerSlow       Code = "installer-slow"
	CodeChanged             Code = "installer-changed"
	CodeNotStaged           Code = "not-staged"  // no private copy of it can be made
	CodeNotRemoved          Code = "not-removed" // the private copy of an earlier start
	CodeStartFailed         Code = "start-failed"
	CodeClosedTooEarly      Code = "closed-too-early"
	CodeNoFolder            Code = "no-folder"
	CodeFolderMissing       Code = "folder-missing"
	CodeFolderDrive         Code = "folder-drive"
	CodeFolderUnreadable    Code = "folder-unreadable"

	// The copy.
	CodeSourceMissing    Code = "source-missing"
	CodeSourceChanged    Code = "source-changed"
	CodeSourceUnreadable Code = "source-unreadable"
	CodeTargetAppeared   Code = "target-appeared"
	CodeTargetIsFolder   Code = "target-is-folder"
	CodeDiskFull         Code = "disk-full"
	CodeWriteFailed      Code = "write-failed"
	CodeCopyNotVerified  Code = "copy-not-verified"
	CodeNotFlushed       Code = "not-flushed" // it has got its name, which the disk did not confirm
	CodePutOff           Code = "put-off"
	CodeStopped          Code = "stopped"

	// The upgrade.
	CodeFollowFailed    Code = "follow-failed"
	CodeStillRunning    Code = "still-running"
	CodeUpgradeFailed   Code = "upgrade-failed"
	CodeNotUpgraded     Code = "not-upgraded"
	CodeVersionLower    Code = "version-lower"
	CodeExitCodeUnknown Code = "exit-code-unknown"
	CodeCopyNotAccepted Code = "copy-not-accepted"
	CodeAnotherPackage  Code = "another-package"

	// What marsfix itself writes, and undo.
	CodeJournalUnwritable Code = "journal-unwritable"
	CodeJournalUnreadable Code = "journal-unreadable"
	CodeJournalForeign    Code = "journal-foreign"
	CodeJournalSuspicious Code = "journal-suspicious"
	CodeReportUnwritable  Code = "report-unwritable"
	CodeBundleUnwritable  Code = "bundle-unwritable"
	CodeBundleExists      Code = "bundle-exists"
	CodeBundleStopped     Code = "bundle-stopped"
	CodeInstallerBusy     Code = "installer-busy"
	CodeNothingToUndo     Code = "nothing-to-undo"
	CodeNotOurs           Code = "not-ours"
)
