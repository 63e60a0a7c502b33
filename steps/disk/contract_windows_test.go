package disk_test

import "testing"

// TestWindowsContract holds this system's own disk, and a mapped one on it, to what every disk promises.
func TestWindowsContract(t *testing.T) {
	t.Run("reads", TestReadsWhatStandsThere)
	t.Run("causes", TestSaysWhyItCannotOpen)
	t.Run("creates", TestWritesNewFilesOnly)
	t.Run("private folders", TestHoldsPrivateFolders)
	t.Run("private files", TestKeepsPrivateFiles)
	t.Run("renames", TestRenamesTheSameFileOnly)
	t.Run("races", TestOnlyOneOfTwoRenamesWins)
	t.Run("removes", TestRemovesTheSameFileOnly)
	t.Run("folders", TestMakesAndListsFolders)
	t.Run("room and owner", TestKnowsRoomAndOwner)
	t.Run("case", TestIgnoresCaseAsWindowsDoes)
	t.Run("drives", TestMapsOnlyItsDrives)
	t.Run("paths", TestRefusesPathsThatWindowsReadsOtherwise)
	t.Run("host files", TestReadsHostFilesOnlyWhenAsked)
}
