package ui

// Usage is what marsfix --help prints; a test holds that it fits 80x24 and names every command and flag.
const Usage = `Repairs a MARS Agent upgrade that fails with error 1612 (Microsoft KB 4020490):
puts the files that Windows Installer has lost back into its cache.

  marsfix              repair this computer, step by step (as administrator)
  marsfix practice     do the same on a practice computer, on any system
  marsfix diagnose     look only, change nothing
  marsfix undo         take back the last copy that marsfix made
  marsfix bundle       pack logs and report into one zip for Microsoft Support

Wizard and practice:   --installer FILE   --patch-log FILE   --setup-log FILE
                       --plain   --no-color   --ascii   --report DIR
Practice:              --scenario NAME   --list   --keep DIR   --tour
Diagnose:              --json or --line   --root DIR   --report DIR
Bundle:                --out FILE   --hide-users
All commands:          --help   --version

Exit codes:            0 done, 1 failed or refused, 3 left or answered no,
                       64 wrong usage, 70 internal error
      of diagnose:     0 healthy, 1 repair needed, 2 unclear
About one command:     marsfix practice --help
`
