package practice

import (
	"fmt"
	"time"
)

// succeeded is a session in which the patch went in.
func (w *patchWriter) succeeded(at time.Time, folder, version string) {
	w.begin(at, folder)
	w.server("Opening existing patch '%s\\Installers\\MARSAgent.msp'.", folder)
	w.server("SequencePatches starts. Product code: %s, Product version: %s, Upgrade code: %s.", agentProduct,
		version, agentUpgrade)
	w.server("SequencePatches returns success.")
	w.server("Final Patch Application Order:")
	w.server("%s - ", patchCode)
	w.server("Machine policy value 'DisableMsi' is 0")
	w.components()
	w.actions()
	w.properties(version)
	w.server("Note: 1: 1729 ")
	w.server("Product: %s -- Configuration completed successfully.", agentName)
	w.server("Windows Installer installed an update. Product Name: %s. Product Version: %s. Product Language: 1033. "+
		"Manufacturer: %s. Update Name: %s. Installation success or error status: 0.", agentName, version,
		signer, agentName)
	w.end(0)
}

func (w *patchWriter) components() {
	for i, file := range []string{
		"CBEngine.exe", "CBPClient.dll", "CBSchema.dll", "CatalogStore.dll", "CloudUtils.dll", "DatasetFramework.dll",
		"FileSystemPlugin.dll", "OBRecoveryServicesManagementAgent.exe", "OBShell.exe", "PSOnlineBackup.dll",
		"SnapshotWriter.dll",
		"SystemStatePlugin.dll", "TransferClient.dll", "TreeStore.dll", "UtilityLibrary.dll", "VaultCredentials.dll",
	} {
		w.server("Component: C_%s_%02d; Installed: Local;   Request: Local;   Action: Local", file, i)
		w.server("File: %s\\bin\\%s;  Overwrite;  Won't patch;  Existing file is a lower version", agentFolder, file)
	}
}

func (w *patchWriter) actions() {
	for _, name := range []string{
		"AppSearch", "LaunchConditions", "ValidateProductID", "CostInitialize", "FileCost", "CostFinalize",
		"MigrateFeatureStates",
		"InstallValidate", "InstallInitialize", "ProcessComponents", "UnpublishFeatures", "StopServices", "RemoveFiles",
		"InstallFiles",
		"PatchFiles", "WriteRegistryValues", "StartServices", "RegisterUser", "RegisterProduct", "PublishFeatures",
		"PublishProduct",
		"InstallFinalize",
	} {
		w.server("Doing action: %s", name)
		w.raw("Action %s: %s. ", w.at.Format("15:04:05"), name)
		w.raw("Action start %s: %s.", w.at.Format("15:04:05"), name)
		w.raw("Action ended %s: %s. Return value 1.", w.at.Format("15:04:05"), name)
	}
}

// properties is the dump of all properties that ends a verbose log.
func (w *patchWriter) properties(version string) {
	for _, p := range [][2]string{
		{"UpgradeCode", agentUpgrade}, {"ProductName", agentName}, {"ProductCode", agentProduct},
		{"ProductVersion", version},
		{"Manufacturer", signer}, {"ProductLanguage", "1033"}, {"ALLUSERS", "1"}, {"PATCH", patchCode},
		{"INSTALLDIR", agentFolder + `\`}, {"REINSTALL", "ALL"}, {"REINSTALLMODE", "omus"},
		{"REBOOT", "ReallySuppress"},
		{"PackageCode", agentCode}, {"MsiLogFileLocation", patchLogPath}, {"PackagecodeChanging", "1"},
		{"CURRENTDIRECTORY", `C:\Windows\System32`},
		{"CLIENTUILEVEL", "3"}, {"CLIENTPROCESSID", "3372"}, {"VersionDatabase", "200"}, {"VersionMsi", "5.00"},
		{"VersionNT", "603"},
		{"VersionNT64", "603"}, {"WindowsBuild", "9600"}, {"ServicePackLevel", "0"}, {"MsiNTProductType", "3"},
		{"WindowsFolder", `C:\Windows\`},
		{"WindowsVolume", `C:\`}, {"System64Folder", `C:\Windows\system32\`}, {"TempFolder", `C:\Windows\TEMP\`},
		{"ComputerName", computerName},
		{"PhysicalMemory", "16384"}, {"Intel", "6"}, {"MsiAMD64", "6"}, {"ScreenX", "1024"}, {"ScreenY", "768"},
		{"LogonUser", "SYSTEM"},
		{"UserSID", "S-1-5-18"}, {"Privileged", "1"}, {"Installed", "00:00:00"}, {"ROOTDRIVE", `C:\`},
		{"Date", w.at.Format("1/2/2006")},
		{"ACTION", "INSTALL"}, {"UILevel", "2"}, {"Preselected", "1"}, {"TARGETDIR", `C:\`},
		{"OriginalDatabase", registeredPath},
		{"DATABASE", `C:\Windows\Installer\inprogressinstallinfo.ipi`}, {"SourceDir", ""}, {"SOURCEDIR", ""},
		{"ProductState", "5"},
	} {
		w.raw("Property(S): %s = %s", p[0], p[1])
	}
	for i := range 24 {
		w.raw("Property(S): PATCHFILE_%02d = %s", i, fmt.Sprintf(`%s\bin\part%02d.dll`, agentFolder, i))
	}
}
