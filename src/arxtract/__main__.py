from arxtract.cli import main

main()
