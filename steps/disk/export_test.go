package disk

// WantFlaw is shared with the tests outside of the package.
var WantFlaw = wantFlaw
