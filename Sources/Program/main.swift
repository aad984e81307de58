import App

await Kieumau.main()
