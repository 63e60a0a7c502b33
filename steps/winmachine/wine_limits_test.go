//go:build linux

package winmachine

import "marsfix/steps/winmachine/winetest"

// Why a test does not hold on Wine's Windows.
const (
	noLinks     = "Wine makes no symbolic links, and says that it does"
	hostRights  = "on Windows nobody looks at the rights of a mapped disk's files: TestWindowsRefusesWhatOthersCanWriteTo has real ones"
	noToolchain = "the prefix has no Go; real programs are read on Linux and on a real Windows"
	noBrowser   = "the prefix has no browser; pages are shown and printed on Linux"
	ownMode     = "Wine tells of every process the error mode of the one that asks"
)

// limits are the tests of each package that do not hold there.
var limits = map[string]winetest.Limits{
	"marsfix/steps": {
		"TestALogIsUpsetWhileItIsRead/OBInstaller0Curr.errlog_becomes_a_link/*": noLinks,
		"TestALogIsUpsetWhileItIsRead/OBPatch.log_becomes_a_link/*":             noLinks,
		"TestTheLogRotatesBeforeTheUpgrade/becomes_a_link":                      noLinks,
		"TestTheOnlyWitnessIsUpset/becomes_a_link/*":                            noLinks,
		"TestNoInstallerBehindALink":                                            noLinks,
	},
	"marsfix/steps/bundle": {
		"TestABundleVouchesOnlyForItsOwn/a_folder_that_others_can_write_to":             hostRights,
		"TestABundleVouchesOnlyForItsOwn/a_journal_that_others_can_write_to":            hostRights,
		"TestABundleVouchesOnlyForItsOwn/a_newer_report_in_a_folder_of_theirs":          hostRights,
		"TestABundleVouchesOnlyForItsOwn/a_newer_report_that_others_can_write_to":       hostRights,
		"TestABundleVouchesOnlyForItsOwn/reports_that_others_can_write_to":              hostRights,
		"TestABundleVouchesOnlyForItsOwn/a_journal_that_is_a_link":                      noLinks,
		"TestABundleVouchesOnlyForItsOwn/a_newer_report_behind_a_junction":              noLinks,
		"TestABundleVouchesOnlyForItsOwn/a_newer_report_behind_a_junction_on_this_disk": noLinks,
		"TestABundleLooksAgainWhenItIsWritten":                                          hostRights,
		"TestALogThatBecomesALinkStaysOut":                                              noLinks,
		"TestALogThatIsALinkStaysOut":                                                   noLinks,
	},
	"marsfix/steps/cache": {
		"TestADiskThatFailsSaysNothingOfThePackage":                      noLinks,
		"TestAPackageBehindALinkIsRefused/extraction_folder":             noLinks,
		"TestAPackageBehindALinkIsRefused/file":                          noLinks,
		"TestAPackageBehindALinkIsRefused/folder":                        noLinks,
		"TestOnlyFilesAreLeftovers":                                      noLinks,
		"TestTheSourceIsAnotherFileAtTheCopy/in_a_linked_folder/package": noLinks,
		"TestTheSourceIsAnotherFileAtTheCopy/in_a_linked_folder/patch":   noLinks,
		"TestTheSourceIsAnotherFileAtTheCopy/linked/package":             noLinks,
		"TestTheSourceIsAnotherFileAtTheCopy/linked/patch":               noLinks,
	},
	"marsfix/steps/installer": {
		"TestAStartSweepsItsOwnLeftovers/a_folder_that_others_write_to":  hostRights,
		"TestAStartSweepsItsOwnLeftovers/a_link_in_it":                   noLinks,
		"TestAStartSweepsItsOwnLeftovers/a_link_to_a_folder_with_a_copy": noLinks,
		"TestSweepingRemovesNothingBehindALink":                          noLinks,
	},
	"marsfix/steps/journal": {
		"TestTheJournalRefusesWhatOthersCanWriteTo/a_folder_that_everybody_can_write_to":  hostRights,
		"TestTheJournalRefusesWhatOthersCanWriteTo/a_journal_that_everybody_can_write_to": hostRights,
		"TestTheJournalRefusesWhatOthersCanWriteTo/a_journal_that_is_a_link":              noLinks,
		"TestTheJournalRefusesWhatOthersCanWriteTo/a_link":                                noLinks,
	},
	"marsfix/steps/look": {
		"TestAFolderThatIsALinkIsNotUsed": noLinks,
	},
	"marsfix/steps/offline": {
		"TestRefusesFoldersThatDifferInCase":   "Windows' disks do not tell case apart",
		"TestAnswersForNoFileThatIsThereTwice": "Windows' disks do not tell case apart",
	},
	"marsfix/steps/pe": {
		"TestReadsRealPrograms":           noToolchain,
		"TestSaysWhatIsWrongInThreeReads": noToolchain,
	},
	"marsfix/steps/report": {
		"TestReportInABrowser": noBrowser,
	},
	"marsfix/steps/undo": {
		"TestNothingIsTakenAwayForWhatIsNoFile/a_link":                               noLinks,
		"TestUndoFindsItsJournalBesideAForeignOne/a_journal_in_their_folder":         hostRights,
		"TestUndoFindsItsJournalBesideAForeignOne/a_journal_of_theirs":               hostRights,
		"TestUndoFindsItsJournalBesideAForeignOne/a_link":                            noLinks,
		"TestUndoFindsItsJournalBesideAForeignOne/their_folder_by_a_junction":        noLinks,
		"TestUndoTakesNoWordOfAForeignJournal/a_folder_that_everybody_can_write_to":  hostRights,
		"TestUndoTakesNoWordOfAForeignJournal/a_journal_that_everybody_can_write_to": hostRights,
		"TestUndoTakesNoWordOfAForeignJournal/a_folder_that_is_a_link":               noLinks,
		"TestUndoTakesNoWordOfAForeignJournal/a_journal_that_is_a_link":              noLinks,
	},
	"marsfix/steps/winmachine": {
		"TestWindowsTheInstallerCrashesAloud": ownMode,
	},
}
