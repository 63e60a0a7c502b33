package logscan

import (
	"strings"
	"testing"
)

// A line calls a cached file lost or unusable by the number of an error, in whatever language, or in English words;
// what stands elsewhere, is no package, or is in every log of an installation does no harm.
func TestUnread(t *testing.T) {
	const file = `C:\Windows\Installer\3f2a91.msi`
	for text, want := range map[string]string{
		"Product: Agent -- Error 1316. A network error occurred while attempting to read from the file: " + file:            file,
		"Product: Agent -- Error 1316. A system error occurred while attempting to read from the file: " + file:             file,
		"Produkt: Agent -- Fehler 1316. Netzwerkfehler beim Lesen der Datei: " + file:                                       file,
		"Error 1316. A network error occurred while attempting to read from the file: C:\\WINDOWS\\Installer\\My Setup.msi": `C:\WINDOWS\Installer\My Setup.msi`,
		"Note: 1: 1316 2: " + file + " ":                                                                  file,
		"Note: 1: 2203 2: " + file + " 3: -2147287038 ":                                                   file,
		"Note: 1: 2203 2: c:\\windows\\INSTALLER\\1c2088c5.MSP 3: -2147287035 ":                           `c:\windows\INSTALLER\1c2088c5.MSP`,
		"Product: Agent -- Internal Error 2203. " + file + ", -2147287038":                                file,
		"Produkt: Agent -- Interner Fehler 2203. " + file + ", -2147287038":                               file,
		"DEBUG: Error 2203:  Database: " + file + ". Cannot open database file. System error -2147287038": file,
		"Error 1305. Error reading from file " + file + ".":                                               file,
		"Error 1335. The cabinet file '" + file + "' required for this installation is corrupt.":          file,
		"Error 1718. File " + file + " was rejected by digital signature policy.":                         file,
		"Internal Error 2755. 3, " + file:                                                                 file,
		"Failed to open package " + file:                                                                  file,
		"The cached package '" + file + "' could not be opened.":                                          file,
		"Local package '" + file + "' cannot be opened as a storage file":                                 file,
		"Couldn't open '" + file + "'":                                                                    file,
		"SECREPAIR: Failed to open the file:" + file + " for computing its hash. Error: 2":                file,
		"Error 2203. D:\\WINNT\\Installer\\GreatPlains.msi, 2":                                            `D:\WINNT\Installer\GreatPlains.msi`,

		"Note: 1: 2203 2: C:\\Windows\\Installer\\inprogressinstallinfo.ipi 3: -2147287038 ":                                                   "",
		"DEBUG: Error 2203:  Database: H:\\WINDOWS\\Installer\\inprogressinstallinfo.ipi. Cannot open database file. System error -2147287037": "",
		"Note: 1: 2203 2: F:\\51f62649eea4adf0b7e0\\WCF.msp 3: -2147287037 ":                                                                   "",
		"Note: 1: 2203 2: C:\\Users\\a\\Downloads\\x.msi 3: -2147287038 ":                                                                      "",
		"Error 1316. C:\\Program Files\\Installer\\3f2a91.msi":                                                                                 "",
		"Error 1316. C:\\Temp\\Installer\\3f2a91.msi":                                                                                          "",
		"Error 1316. \\\\server\\share\\Windows\\Installer\\3f2a91.msi":                                                                        "",
		"Error 1316. C:\\Windows\\Installer\\$PatchCache$\\3f2a91.msi":                                                                         "",
		"Error 1722. Action a, location: C:\\Windows\\Installer\\MSICA46.tmp, command: x":                                                      "",
		"Note: 1: 2318 2: " + file + " ":                                                                                                       "",
		"Note: 1: 2262 2: SourceHash 3: -2147287038 ":                                                                                          "",
		"SECREPAIR: Hash Database: C:\\WINDOWS\\Installer\\SourceHash{515DE46E-BD54-4FA3-87F3-3F993961979C}":                                   "",
		"PROPERTY CHANGE: Adding DATABASE property. Its value is '" + file + "'.":                                                              "",
		"Property(S): DATABASE = " + file:                                                                                                      "",
		"Executing op: DatabaseCopy(DatabasePath=" + file + ",ProductCode={515DE46E-BD54-4FA3-87F3-3F993961979C},,,)":                          "",
		"Package we're running from ==> " + file:                                                                                               "",
		"Original package ==> " + file:                                                                                                         "",
		"Opening existing patch 'C:\\Windows\\Installer\\7c68053.msp'.":                                                                        "",
		"SOFTWARE RESTRICTION POLICY: Verifying package --> '" + file + "' against software restriction policy":                                "",
		"Attempting to delete file C:\\Windows\\Installer\\70f290.msp":                                                                         "",
		"Scheduling file '" + file + "' for deletion during post-install cleanup (not post-reboot).":                                           "",
		"Original package ==> C:\\Windows\\Installer\\2203.msi":                                                                                "",
		"Property(S): LASTERROR = Error 1316. " + file:                                                                                         "",
		"Warning: Local cached package '" + file + ":hidden' is missing.":                                                                      "",
		"Error 2203. No file is named":                                                                                                         "",
	} {
		log := opened + engine + text + "\n" + returns + "1603\n"
		for _, m := range modes {
			if _, r := readAll(t, encodeUnicode(log, m)); r.File != want || (want != "") != (r.Unread.Number == 2) {
				t.Errorf("%q, mode %v: %q, line %d", text, m, r.File, r.Unread.Number)
			}
		}
		for name, log := range map[string]string{
			"it went through":    opened + engine + text + "\n" + returns + "0\n",
			"a warning names it": opened + cached + engine + "Couldn't find local patch '" + want + "'.\n" + engine + text + "\n" + returns + "1612\n",
			"in an earlier one":  opened + engine + text + "\n" + returns + "1603\n" + opened + policy + returns + "1602\n",
		} {
			if _, r := readAll(t, []byte(log)); r.File != "" {
				t.Errorf("%q, %s: %q", text, name, r.File)
			}
		}
	}
}

// A session whose own package lies in the cache, and cannot be opened, names that.
func TestTheSessionsOwnPackageIsUnread(t *testing.T) {
	const own = engine + "******* RunEngine:\n           ******* Product: C:\\Windows\\Installer\\caa636.msi\n"
	for code, want := range map[string]string{"1619": `C:\Windows\Installer\caa636.msi`,
		"1620": `C:\Windows\Installer\caa636.msi`, "1603": "", "0": ""} {
		if _, r := readAll(t, []byte(opened+own+returns+code+"\n")); r.File != want {
			t.Errorf("%s: %q", code, r.File)
		}
	}
}

// A lost patch does not answer for the product's own source, and the product's not for the patch's.
func TestWhoseSourceIsLost(t *testing.T) {
	const (
		patch    = engine + "Couldn't find local patch 'C:\\Windows\\Installer\\145258.msp'. Looking for it at its source.\n"
		resolves = engine + "Resolving Patch source.\n"
		list     = engine + "SOURCEMGMT: Looking for sourcelist for product {F0C3E5D1-1ADE-321E-8167-68EF0DE699A5}\n"
		fails    = engine + "SOURCEMGMT: Failed to resolve source\n"
	)
	for log, product := range map[string]bool{
		patch + returns + "1635\n":                                                      false,
		patch + resolves + fails + returns + "1635\n":                                   false,
		patch + resolves + list + fails + returns + "1635\n":                            false,
		patch + resolves + list + fails + list + fails + returns + "1635\n":             true,
		patch + list + fails + returns + "1635\n":                                       true,
		patch + list + fails + returns + "1612\n":                                       true,
		patch + returns + "1612\n":                                                      true,
		patch + returns + "1706\n":                                                      true,
		patch + lost1714 + returns + "1603\n":                                           true,
		patch + resolves + engine + "******* RunEngine:\n" + fails + returns + "1603\n": true,
		patch + returns + "1603\n":                                                      false,
		list + fails + returns + "1612\n":                                               false, // no patch is named: it is simply lost
	} {
		if _, r := readAll(t, []byte(opened+log)); (r.Product.Text != "") != product {
			t.Errorf("%q: %q", log, r.Product.Text)
		}
	}
	far := opened + patch + fails + strings.Repeat(policy, readMost/len(policy)+1) + returns + "1603\n"
	if _, r := readAll(t, []byte(far)); r.Product.Text == "" {
		t.Error("what was not read is taken for the patch's")
	}
}
