package practice

// The computer and its agent by name. The product code is the MARS Agent's own; the other codes are those of the
// practice packages' recipes.
const (
	computerName = "SRV-PRACTICE"
	userName     = computerName + `\admin`

	agentName    = "Microsoft Azure Recovery Services Agent"
	agentFile    = "OBSAGENT.msi"
	agentProduct = "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"
	agentUpgrade = "{5F8D1F6E-6E0B-4B1C-9C0B-2B7C1C0A9169}"
	agentCode    = "{7B5EA8D0-4C3F-4E0A-9C54-0A7D5E2F9169}"
	patchCode    = "{D3A7C1B9-52F0-4E6D-8B41-9F3E6A0C9169}"
	hotfixCode   = "{A1C94E07-2B6D-4F58-9E13-5D0C7B2E9150}"
	newPatchCode = "{6E2F8B14-7C3A-4D95-8A60-1B9D4F3C9262}"

	wizardTitle  = "Microsoft Azure Recovery Services Agent Upgrade Wizard"
	launchScreen = "SetupLaunchScreen.exe"

	errorUserExit       = 1602 // ERROR_INSTALL_USEREXIT
	errorInstallFailure = 1603 // ERROR_INSTALL_FAILURE
	errorSourceAbsent   = 1612 // ERROR_INSTALL_SOURCE_ABSENT
)

// Where things lie.
const (
	windowsDir   = `C:\Windows`
	cacheDir     = windowsDir + `\Installer`
	registryPath = windowsDir + `\System32\config\practice.json`
	systemFile   = windowsDir + `\System32\drivers\volmgr.sys`
	patchLogPath = windowsDir + `\Temp\OBPatch.log`
	setupLogPath = windowsDir + `\Temp\OBInstaller0Curr.errlog`

	registeredPath = cacheDir + `\7b5ea8.msi`
	secondPath     = cacheDir + `\8c61f3.msi`
	patchPath      = cacheDir + `\7b5eb1.msp`
	hotfixPath     = cacheDir + `\7b5ec4.msp`
	monitorPath    = cacheDir + `\1d4c7.msi`
	runtimePath    = cacheDir + `\3fa02b.msi`

	agentFolder    = `C:\Program Files\Microsoft Azure Recovery Services Agent`
	enginePath     = agentFolder + `\bin\cbengine.exe`
	managementPath = agentFolder + `\bin\OBRecoveryServicesManagementAgent.exe`
	installerPath  = `C:\Users\admin\Downloads\MARSAgentInstaller.exe`

	formerFolder = `C:\e703768b6b4e0b79707d1228d22c236d`              // of an earlier run, gone
	trapFolder   = `C:\Users\Public\0badc0de0badc0de0badc0de0badc0de` // planted, with a package that nobody signed
)

// cachePath is the path of the cached package with a Unique_ID.
func cachePath(id string) string { return cacheDir + `\` + id + `.msi` }
